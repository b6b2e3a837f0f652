import { element, tell } from '../chat/dom.js';
import { appId, call, get, masterKey } from './api.js';
import { copyText } from './parts.js';
import { t } from './texts.js';

/** What is looked for first; everything else follows below, grouped as in the configuration file. */
const FIRST = ['realtime', 'loginSignature', 'conversationSignature', 'blacklistSignature', 'push.content', 'webOrigins'];

/** The app's keys and every setting it has. Each is saved by itself, and holds at once. */
export async function settings(page) {
  const all = await get('x/settings');
  const { appKey } = await fetch('web/config.json').then((answer) => answer.json(), () => ({}));
  const groups = Object.entries(all).filter(([, value]) => isGroup(value));
  const plain = Object.keys(all).filter((name) => !isGroup(all[name]) && !FIRST.includes(name));
  page.show(
    element('h1', {}, t('Settings')),
    element(
      'div',
      { class: 'settings' },
      keys(appKey),
      element('p', { class: 'soft' }, `${t('Settings take effect at once and stay after a restart.')} (${t('lists: one entry per line')})`),
      group(t('Signatures, push and web origins'), FIRST, all, page),
      group(t('Limits'), plain, all, page),
      ...groups.map(([name, values]) =>
        group(name, Object.keys(values).map((key) => `${name}.${key}`).filter((path) => !FIRST.includes(path)), all, page)),
    ),
  );
}

const isGroup = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

const valueOf = (all, path) => path.split('.').reduce((value, key) => value[key], all);

/** `{push: {content: value}}` for `push.content` */
const nested = (path, value) => path.split('.').reduceRight((inner, key) => ({ [key]: inner }), value);

function keys(appKey) {
  const shown = (label, value, secret) => {
    const text = element('span', { class: 'mono' }, secret ? '••••••••' : value);
    const act = element('button', { type: 'button', class: 'secondary' }, t(secret ? 'Show' : 'Copy'));
    act.addEventListener('click', () => {
      if (secret && text.textContent !== value) {
        text.textContent = value;
        act.textContent = t('Copy');
      } else copyText(value);
    });
    return [element('dt', { class: 'soft' }, label), element('dd', {}, text, act)];
  };
  return element(
    'fieldset',
    { class: 'keys' },
    element('legend', {}, t('Keys')),
    element(
      'dl',
      {},
      ...shown(t('App id'), appId(), false),
      ...(appKey ? shown(t('App key'), appKey, false) : []),
      ...shown(t('Master key'), masterKey(), true),
    ),
  );
}

function group(title, paths, all, page) {
  return element(
    'fieldset',
    {},
    element('legend', {}, title),
    ...paths.map((path) => setting(path, valueOf(all, path), page)),
  );
}

function setting(path, value, page) {
  const input = inputFor(path, value);
  const save = element('button', { type: 'submit', class: 'primary' }, t('Save'));
  const line = element(
    'form',
    {
      class: 'setting',
      onsubmit: page.guarded(async (event) => {
        event.preventDefault();
        const saved = await call('PUT', 'x/settings', { body: nested(path, read(input, value)) });
        show(input, valueOf(saved, path));
        line.classList.remove('changed');
        tell(`${t('Saved')}: ${path}`);
      }),
      oninput: () => line.classList.add('changed'),
    },
    element('label', { for: input.id, class: 'mono' }, path),
    input,
    save,
  );
  return line;
}

function inputFor(path, value) {
  const id = `setting-${path}`;
  let input;
  if (typeof value === 'boolean') input = element('input', { id, type: 'checkbox' });
  else if (Array.isArray(value)) input = element('textarea', { id, rows: 1, spellcheck: 'false' });
  else input = element('input', { id, type: 'text', spellcheck: 'false', autocomplete: 'off' });
  show(input, value);
  return input;
}

function show(input, value) {
  if (typeof value === 'boolean') input.checked = value;
  else input.value = Array.isArray(value) ? value.join('\n') : String(value);
}

/** In the type the setting had; what is no such thing goes as it is, and the server says what is allowed. */
function read(input, before) {
  if (typeof before === 'boolean') return input.checked;
  if (Array.isArray(before)) return input.value.split('\n').map((line) => line.trim()).filter(Boolean);
  const text = input.value.trim();
  return typeof before === 'number' && /^-?\d+$/.test(text) ? Number(text) : text;
}
