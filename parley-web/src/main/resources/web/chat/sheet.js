import { element, tool } from './dom.js';
import { texts } from './texts.js';

let opened = 0;

/**
 * Opens a dialog over the page; it goes away when closed.
 *
 * @param build takes a function that closes the dialog, gives its contents
 */
export function openSheet(title, build) {
  opened += 1;
  const heading = element('h2', { id: `sheet-${opened}` }, title);
  const dialog = element('dialog', { 'aria-labelledby': heading.id });
  const close = () => dialog.close();
  dialog.append(element('div', { class: 'sheet' }, element('header', {}, heading, tool('close', texts.close, close)), ...build(close)));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && close()); // beside the sheet
  document.body.append(dialog);
  dialog.showModal();
}

/** A label over its input. */
export function field(label, input) {
  return element('div', { class: 'field' }, element('label', { for: input.id }, label), input);
}

/** Asks before something that cannot be undone. */
export function confirm(title, hint, label, act) {
  openSheet(title, (close) => [
    element('p', { class: 'soft' }, hint),
    element(
      'div',
      { class: 'choices' },
      element('button', { type: 'button', class: 'secondary', onclick: close }, texts.cancel),
      element(
        'button',
        {
          type: 'button',
          class: 'danger filled',
          onclick: () => {
            close();
            act();
          },
        },
        label,
      ),
    ),
  ]);
}
