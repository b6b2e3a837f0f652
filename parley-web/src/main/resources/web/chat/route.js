/** The address of a conversation is `/#/c/<id>`, so that it can be shared. */
export function openConversation() {
  const match = /^#\/c\/(.+)$/.exec(location.hash);
  if (!match) return undefined;
  try {
    return decodeURIComponent(match[1]);
  } catch {
    return match[1]; // not written by this page: look it up as it is
  }
}

export const hashOf = (id) => `#/c/${encodeURIComponent(id)}`;
export const linkTo = (id) => new URL(hashOf(id), location.href).href;

export function go(id) {
  location.hash = id === undefined ? '#/' : hashOf(id);
}

export const onChange = (listener) => window.addEventListener('hashchange', listener);
