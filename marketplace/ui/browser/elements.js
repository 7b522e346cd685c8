// In the place of Emotion: styles are classes here, so an element is React's own.
export { createElement as jsx } from "react";
