// What scripts add to pages that work without them: copying, showing a password, and focus after a refused form.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    void navigator.clipboard.writeText(text).then(() => (button.textContent = button.dataset.copied));
  });
}

for (const button of document.querySelectorAll('[data-reveal]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const field = document.getElementById(button.dataset.reveal);
    const isHidden = field.type === 'password';
    field.type = isHidden ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(isHidden));
    field.focus();
  });
}

document.querySelector('[role="alert"][autofocus]')?.focus();
