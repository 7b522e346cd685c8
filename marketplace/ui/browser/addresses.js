// In the place of the addresses known at build time: one build serves wherever it is asked from.
const { origin } = globalThis.location;

export default {
  PING: `${origin}/ping`,
  EVENT: `${origin.replace(/^http/, "ws")}/_event`,
  UPLOAD: `${origin}/_upload`,
  TRANSPORT: "websocket",
};
