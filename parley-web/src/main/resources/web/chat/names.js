/**
 * Who this tab is. The tab keeps its own name, so that two tabs can be two people; the browser remembers the last
 * name as a suggestion for new tabs.
 */
const KEY = 'parley.name';

export const ofThisTab = () => sessionStorage.getItem(KEY);
export const lastUsed = () => localStorage.getItem(KEY) ?? '';

export function keep(name) {
  sessionStorage.setItem(KEY, name);
  localStorage.setItem(KEY, name);
}

export const forget = () => sessionStorage.removeItem(KEY);
