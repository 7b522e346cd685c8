// In the place of react-debounce-input and lodash's debounce: an input that tells what was typed once typing rests.
import { createElement, useEffect, useRef, useState } from "react";

export default function DebounceInput({ element, debounceTimeout, value, onChange, onBlur, onKeyDown, inputRef, ...rest }) {
  const [typed, setTyped] = useState(value ?? "");
  const waiting = useRef(null);
  const listener = useRef(onChange);
  listener.current = onChange;

  const tell = () => {
    const said = waiting.current;
    if (!said) return;
    clearTimeout(said.timer);
    waiting.current = null;
    listener.current?.(said.event);
  };

  // What the server says counts, but never over what is just being typed.
  useEffect(() => { if (!waiting.current) setTyped(value ?? ""); }, [value]);
  useEffect(() => () => clearTimeout(waiting.current?.timer), []);

  return createElement(element, {
    ...rest,
    ref: inputRef,
    value: typed,
    onChange: (event) => {
      setTyped(event.target.value);
      clearTimeout(waiting.current?.timer);
      waiting.current = { event, timer: setTimeout(tell, debounceTimeout) };
    },
    onKeyDown: (event) => {
      if (event.key === "Enter") tell();
      onKeyDown?.(event);
    },
    onBlur: (event) => {
      tell();
      onBlur?.(event);
    },
  });
}
