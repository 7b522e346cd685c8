// Where this phone is, put into the input a button names: asked for once, told nobody until the form is sent.
const say = (vi, en) => (globalThis.choQueEnglish === true ? en : vi);
const PATIENCE = 20_000;

const refused = ({ code }) => (code === 1
  ? say("Trình duyệt chưa cho biết vị trí. Hãy cho phép, hoặc dán vị trí từ bản đồ.", "The browser may not tell the position. Allow it, or paste one from a map.")
  : say("Chưa tìm được vị trí. Hãy ra chỗ thoáng rồi thử lại.", "The position was not found. Try again in the open."));

export const locate = (button) => {
  const input = document.getElementById(button.dataset.locate);
  const told = document.getElementById(`problem-${button.dataset.locate}`);
  button.disabled = true;
  const done = (words) => {
    button.disabled = false;
    told.hidden = false;
    told.textContent = words;
  };
  if (!navigator.geolocation) { done(refused({ code: 2 })); return; }
  navigator.geolocation.getCurrentPosition(
    ({ coords: { latitude, longitude } }) => {
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
      set.call(input, `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      done("");
    },
    (problem) => done(refused(problem)),
    { enableHighAccuracy: true, timeout: PATIENCE },
  );
};
