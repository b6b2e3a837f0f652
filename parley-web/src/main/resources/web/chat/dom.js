/** Building and finding elements. Text goes in as text only: nothing in this page parses HTML that people wrote. */

export const byId = (id) => document.getElementById(id);

/**
 * @param properties attributes; `on…` are listeners; `undefined` and `false` are left out
 * @param children elements, or strings that become text
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children);
  return node;
}

/**
 * Fills in the texts of elements that name them in `data-text`, `data-label`, `data-title` or `data-placeholder`.
 *
 * @param say gives the text of a name
 */
export function fill(root, say) {
  for (const node of root.querySelectorAll('[data-text]')) node.textContent = say(node.dataset.text);
  for (const node of root.querySelectorAll('[data-placeholder]')) node.placeholder = say(node.dataset.placeholder);
  for (const node of root.querySelectorAll('[data-title]')) node.title = say(node.dataset.title);
  for (const node of root.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', say(node.dataset.label));
    if (node.matches('button, a')) node.title = say(node.dataset.label);
  }
}

export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(space, 'svg');
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(space, 'use');
  use.setAttribute('href', `#icon-${name}`);
  picture.append(use);
  return picture;
}

/** A button that shows only an icon; `label` is what it is called. */
export function tool(name, label, onclick) {
  return element('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, onclick }, icon(name));
}

/** A round picture made of a name's first letter, always in the same colour for the same name. */
export function avatar(name, kind = '') {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)) >>> 0;
  const initial = ([...name.trim()][0] ?? '?').toUpperCase();
  return element('span', { class: `avatar hue-${hash % 8} ${kind}`, 'aria-hidden': 'true' }, initial);
}

/** Text with its web addresses made into links. */
export function withLinks(text) {
  // An address does not end with the punctuation of the sentence around it.
  return text.split(/(https?:\/\/[^\s<>"'，。、；：！？（）《》“”]*[^\s<>"'，。、；：！？（）《》“”.,;:!?)])/u).map((part, index) =>
    index % 2 ? element('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part,
  );
}

/** @returns a function that runs `action` soon, once for a burst of calls. A timer: frames stand still in hidden tabs. */
export function soon(action) {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      action();
    });
  };
}

let toastTimer;
/** Tells something for a few seconds. */
export function tell(text) {
  const toast = byId('toast');
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), 4000);
}
