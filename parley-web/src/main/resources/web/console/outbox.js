import { element, tell } from '../chat/dom.js';
import { call, get } from './api.js';
import { table, when } from './parts.js';
import { t } from './texts.js';

/** Hooks and notifications that were given up, and the words messages must not have. */
export async function outbox(page) {
  const [{ results }, { words }] = await Promise.all([get('x/outbox/dead'), get('x/words')]);
  const ids = results.map((letter) => letter.id);
  const act = (path) => page.guarded(async () => {
    await call('POST', path, { body: { ids } });
    await outbox(page);
  });
  const list = element('textarea', { id: 'words', class: 'words', spellcheck: 'false' });
  list.value = words.join('\n');
  page.show(
    element('h1', {}, t('Work that was given up')),
    results.length === 0
      ? element('p', { class: 'nothing' }, t('Nothing was given up.'))
      : table(results, [
          [t('Purpose'), (letter) => letter.purpose],
          [t('Conversation'), (letter) => letter.lane],
          [t('Given up'), (letter) => when(letter.diedAt)],
          [t('Attempts'), (letter) => String(letter.attempts)],
          [t('Reason'), (letter) => letter.reason],
        ]),
    results.length === 0
      ? ''
      : element(
          'div',
          { class: 'asks' },
          element('button', { type: 'button', class: 'primary', onclick: act('x/outbox/dead/replay') }, t('Try again')),
          element('button', { type: 'button', class: 'danger', onclick: act('x/outbox/dead/discard') }, t('Forget')),
        ),
    element('h1', {}, t('Unwanted words')),
    element('label', { for: 'words', class: 'soft' }, t('One word a line.')),
    list,
    element(
      'div',
      { class: 'asks' },
      element(
        'button',
        {
          type: 'button',
          id: 'save-words',
          class: 'primary',
          onclick: page.guarded(async () => {
            await call('PUT', 'x/words', { body: { words: list.value.split('\n').map((word) => word.trim()).filter(Boolean) } });
            tell(t('Saved'));
          }),
        },
        t('Save'),
      ),
    ),
  );
}
