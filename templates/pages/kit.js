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

// The section of a long page that is being read is marked in its contents.
const contents = [...document.querySelectorAll('.contents a[href^="#"]')];
if (contents.length > 0) {
  const headings = [...new Set(contents.map(({ hash }) => document.getElementById(hash.slice(1))))];
  const markCurrent = () => {
    const top = window.innerHeight / 4;
    const isAtEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
    const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top <= top);
    // At the end of the page several are in sight: the one that was asked for, else the last.
    const asked = headings.find((heading) => heading && `#${heading.id}` === location.hash);
    const isAskedInSight = asked && asked.getBoundingClientRect().top >= 0;
    const current = isAtEnd ? (isAskedInSight ? asked : headings.at(-1)) : passed.at(-1);
    for (const link of contents) {
      if (current && link.hash === `#${current.id}`) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    // The list of a long page scrolls by itself: the marked one stays in sight.
    for (const link of contents) {
      const list = link.closest('.docs-nav');
      if (list && link.hasAttribute('aria-current')) {
        const [outer, inner] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
        if (inner.top < outer.top || inner.bottom > outer.bottom)
          list.scrollTop += inner.top - outer.top - outer.height / 3;
      }
    }
  };
  let isAsked = false;
  addEventListener(
    'scroll',
    () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        markCurrent();
      });
    },
    { passive: true },
  );
  markCurrent();
}

// The language that a reader chooses in one example is shown in all of them.
for (const choice of document.querySelectorAll('.snippet input')) {
  choice.addEventListener('change', () => {
    for (const other of document.querySelectorAll(`.snippet input[value="${choice.value}"]`))
      other.checked = true;
  });
}
