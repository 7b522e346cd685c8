// Minus and plus beside a number input; works in the first view and in the live page alike.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  const input = button && button.parentElement.querySelector("input[type=number]");
  if (!input) return;
  if (button.dataset.step === "up") input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("input", { bubbles: true }));
});
