import { element, tell } from './dom.js';
import { linkTo } from './route.js';
import { texts } from './texts.js';

/** Copies the link; where browsers forbid it (plain http from another machine), selects it in `field` for copying. */
export async function copyLink(id, field) {
  try {
    await navigator.clipboard.writeText(linkTo(id));
    tell(texts.copied);
  } catch {
    field?.select();
    tell(field ? texts.copyByHand : linkTo(id));
  }
}

/** The link to a conversation in a field, and a button that copies it. */
export function linkField(id) {
  const field = element('input', { type: 'text', readonly: true, value: linkTo(id), 'aria-label': texts.link });
  const button = element('button', { type: 'button', class: 'secondary', onclick: () => copyLink(id, field) }, texts.copy);
  return element('div', { class: 'link' }, field, button);
}
