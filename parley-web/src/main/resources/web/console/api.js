import { t } from './texts.js';

/** The REST API with the master key, which lives in this tab's session and nowhere else. */

const ID = 'parley-console-app';
const KEY = 'parley-console-key';

export const appId = () => sessionStorage.getItem(ID) ?? '';
export const masterKey = () => sessionStorage.getItem(KEY) ?? '';

export function keep(app, key) {
  sessionStorage.setItem(ID, app);
  sessionStorage.setItem(KEY, key);
}

export function forget() {
  sessionStorage.removeItem(ID);
  sessionStorage.removeItem(KEY);
}

/** Carries the status and the server's reason. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer?.error ?? `HTTP ${status}`);
    this.status = status;
  }
}

/**
 * @param path relative to this page, so that a proxy may put the server below a path
 * @param query values that are `undefined` or empty are left out
 */
export async function call(method, path, { query = {}, body } = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    parameters.set(name, typeof value === 'object' ? JSON.stringify(value) : value);
  }
  const search = parameters.toString();
  let answer;
  try {
    answer = await fetch(search ? `${path}?${search}` : path, {
      method,
      headers: { 'X-LC-Id': appId(), 'X-LC-Key': `${masterKey()},master`, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (failure) {
    throw new Error(t('The server does not answer.'), { cause: failure });
  }
  const json = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new Refused(answer.status, json);
  return json;
}

export const get = (path, query) => call('GET', path, { query });

/** Measurements of the server process by name; those with tags are added up. */
export async function measurements() {
  const answer = await fetch('metrics');
  const sums = new Map();
  for (const line of (await answer.text()).split('\n')) {
    const found = /^(parley_\w+)(?:\{.*\})? (\S+)$/.exec(line);
    if (found) sums.set(found[1], (sums.get(found[1]) ?? 0) + Number(found[2]));
  }
  return (name) => sums.get(name) ?? 0;
}
