import { byId, element, tell } from '../chat/dom.js';
import { appId, forget, get, keep, masterKey } from './api.js';
import { clients } from './clients.js';
import { conversation, conversations } from './conversations.js';
import { messages, trace } from './messages.js';
import { outbox } from './outbox.js';
import { overview } from './overview.js';
import { settings } from './settings.js';
import { fillIn, language, t } from './texts.js';

const SECTIONS = [
  ['', 'Overview'],
  ['conversations', 'Conversations'],
  ['messages', 'Messages'],
  ['clients', 'Clients'],
  ['settings', 'Settings'],
  ['outbox', 'Outbox'],
];

const PAGES = {
  '': overview,
  conversations: (page, id) => (id ? conversation(page, id) : conversations(page)),
  messages,
  trace,
  clients: (page, id) => clients(page, id ?? ''),
  settings,
  outbox,
};

/** What one visit to a page may do. It ends when the next begins: what comes late is dropped. */
class Page {
  #ended = false;
  #timers = [];

  show(...nodes) {
    if (!this.#ended) byId('page').replaceChildren(...nodes);
  }

  /** Again and again while the page is looked at; the next time comes after this one has ended. */
  repeat(action, millis) {
    this.#timers.push(setTimeout(this.guarded(async () => {
      if (this.#ended) return;
      try {
        if (!document.hidden) await action();
      } finally {
        if (!this.#ended) this.repeat(action, millis);
      }
    }), millis));
  }

  /** The action, with what goes wrong told to whoever looks. */
  guarded(action) {
    return async (...given) => {
      try {
        await action(...given);
      } catch (problem) {
        if (!this.#ended) tell(problem.message);
      }
    };
  }

  end() {
    this.#ended = true;
    this.#timers.forEach(clearTimeout);
  }
}

let current = new Page();

function follow() {
  const [section, ...rest] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  current.end();
  current = new Page();
  for (const link of byId('sections').children) link.classList.toggle('chosen', link.dataset.section === section);
  load(current, PAGES[section] ?? overview, rest);
}

/** While it loads, the page before stays in sight and is marked as busy, also for those who listen to it. */
async function load(visit, page, rest) {
  const main = byId('page');
  main.setAttribute('aria-busy', 'true');
  main.dataset.path = location.hash;
  await visit.guarded(page)(visit, ...rest);
  if (visit === current) main.removeAttribute('aria-busy');
}

async function signedIn() {
  if (!masterKey()) return false;
  await get('x/settings');
  return true;
}

function askKeys(problem) {
  byId('sign-in').hidden = false;
  const line = byId('sign-in-error');
  line.hidden = !problem;
  line.textContent = problem ?? '';
  byId('master-key').focus();
  byId('sign-in-form').onsubmit = async (event) => {
    event.preventDefault();
    keep(byId('app-id').value.trim(), byId('master-key').value.trim());
    await start();
  };
}

async function start() {
  try {
    if (!(await signedIn())) return askKeys();
  } catch (problem) {
    const wrong = problem.status === 401 || problem.status === 403 || problem.status === 404;
    forget();
    return askKeys(wrong ? t('The app does not know this key.') : problem.message);
  }
  byId('sign-in').hidden = true;
  byId('console').hidden = false;
  byId('app-name').textContent = appId();
  return follow();
}

document.documentElement.lang = language;
fillIn(document);
byId('sections').append(
  ...SECTIONS.map(([section, label]) => element('a', { href: `#/${section}`, 'data-section': section }, t(label))),
);
byId('sign-out').addEventListener('click', () => {
  forget();
  location.reload();
});
window.addEventListener('hashchange', () => masterKey() && follow());
byId('app-id').value = appId();
if (!appId()) {
  fetch('web/config.json')
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then((config) => (byId('app-id').value ||= config.appId ?? ''));
}
start();
