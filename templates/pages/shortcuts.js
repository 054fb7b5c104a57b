// The keyboard of consoles: `/` finds, `j` and `k` move over the rows, Enter opens one by its own link, `?` lists all of it. Keys do
// nothing while somebody types, with Ctrl, Alt or Cmd, or after they were switched off (WCAG 2.1.4); pages need none of them.
const dialog = document.getElementById('shortcuts');
const announcer = document.getElementById('shortcuts-status');
const opener = document.getElementById('shortcuts-open');
const isOnBox = document.getElementById('shortcuts-on');
const STORED = 'tabane-shortcuts';
const TYPING =
  'input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]';

let isOn = true;
try {
  isOn = localStorage.getItem(STORED) !== 'off';
} catch {
  // A browser that stores nothing has them on.
}

const isVisible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

/** The search of the page, else the first field of its filter. */
const findField = () => {
  const fields = [
    ...document.querySelectorAll('main [role=search] :is(input:not([type=hidden]), select)'),
  ].filter(isVisible);
  return fields.find(({ type }) => type === 'search') ?? fields[0];
};

/** The links of the rows, in the order of the page: rows without a link open nothing. */
const listLinks = () =>
  [...document.querySelectorAll('main :is(tbody tr, .rows > li)')]
    .map((row) => row.querySelector('.row-link') ?? row.querySelector('a[href]'))
    .filter((link) => link && isVisible(link));

function say(name, facts = {}) {
  const text = announcer.dataset[name].replaceAll(/\{(\w+)\}/g, (_, fact) => facts[fact]);
  // The same text again is announced only if the region was empty between.
  announcer.textContent = '';
  setTimeout(() => (announcer.textContent = text));
}

const rowOf = (element) => element?.closest('tr, li');

function move(step) {
  const links = listLinks();
  if (links.length === 0) return say('noRows');
  const here =
    rowOf(document.activeElement?.closest('main') ? document.activeElement : null) ??
    document.querySelector('main .is-current');
  const at = links.findIndex((link) => rowOf(link) === here);
  const next = at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step;
  if (next < 0 || next >= links.length) return say(step > 0 ? 'last' : 'first');
  links[next].focus();
  links[next].scrollIntoView({ block: 'nearest' });
  say('row', { row: next + 1, rows: links.length });
}

function focusSearch() {
  const field = findField();
  if (!field) return say('noSearch');
  field.focus();
  field.select?.();
}

const toggle = () => (dialog.open ? dialog.close() : dialog.showModal());
const actions = { j: () => move(1), k: () => move(-1), '/': focusSearch, '?': toggle };

document.addEventListener('keydown', (event) => {
  if (!isOn || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(TYPING)) return;
  const key = event.key.toLowerCase();
  // A capital is a letter with Shift, which is another key; signs need Shift on many keyboards.
  if (!Object.hasOwn(actions, key) || (event.shiftKey && /[a-z]/.test(key))) return;
  if (dialog.open && key !== '?') return;
  if (event.repeat && /[^jk]/.test(key)) return;
  event.preventDefault();
  actions[key]();
});

function show() {
  isOnBox.checked = isOn;
  const field = findField();
  if (isOn) field?.setAttribute('aria-keyshortcuts', '/');
  else field?.removeAttribute('aria-keyshortcuts');
}

isOnBox.addEventListener('change', () => {
  isOn = isOnBox.checked;
  try {
    localStorage.setItem(STORED, isOn ? 'on' : 'off');
  } catch {
    // It holds for this page.
  }
  show();
});
opener.hidden = false;
opener.addEventListener('click', toggle);
show();
