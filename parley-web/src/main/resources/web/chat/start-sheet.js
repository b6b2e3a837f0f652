import { element } from './dom.js';
import { attempt } from './problems.js';
import { go } from './route.js';
import { field, openSheet } from './sheet.js';
import { texts } from './texts.js';

/** @returns the names in what somebody typed, each once */
export const namesIn = (text) => [...new Set(text.split(/[,，、;；\n]/u).map((name) => name.trim()).filter(Boolean))];

/** The dialog that starts a conversation. */
export function openStartSheet(conversations) {
  const who = element('input', {
    type: 'text',
    id: 'start-names',
    placeholder: texts.namesExample,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const name = element('input', { type: 'text', id: 'start-name', maxlength: '80', autocomplete: 'off' });
  openSheet(texts.newConversation, (close) => {
    const button = element('button', { type: 'submit', class: 'primary' }, texts.start);
    const onsubmit = async (event) => {
      event.preventDefault();
      button.disabled = true;
      const others = namesIn(who.value).filter((other) => other !== conversations.me);
      const worked = await attempt(async () => go((await conversations.start(others, name.value.trim())).id));
      if (worked) close();
      button.disabled = false;
    };
    const hint = element('p', { class: 'hint' }, texts.namesHint);
    const form = element('form', { class: 'sheet-form', onsubmit }, field(texts.withWhom, who), hint, field(texts.groupName, name));
    form.append(element('div', { class: 'choices' }, button));
    return [form];
  });
  who.focus();
}
