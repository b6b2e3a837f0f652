import { element, tell } from '../chat/dom.js';
import { confirm } from '../chat/sheet.js';
import { appId, call, get, masterKey } from './api.js';
import { conversationTable } from './conversations.js';
import { figure, form, messageTable, textInput } from './parts.js';
import { t } from './texts.js';

/** Looks a client up: whether it is here, what waits for it, what it says. */
export async function clients(page, id) {
  const asked = textInput('client', id);
  const found = element('div', { id: 'client-found', class: 'settings' });
  page.show(
    element('h1', {}, t('Clients')),
    form([[t('Client id'), asked]], t('Look up'), (values) => {
      if (values.client) location.hash = `#/clients/${encodeURIComponent(values.client)}`;
    }),
    found,
  );
  if (!id) return;
  const path = `1.2/rtm/clients/${encodeURIComponent(id)}`;
  const [online, unread, said, member] = await Promise.all([
    call('POST', '1.2/rtm/clients/check-online', { body: { client_ids: [id] } }),
    get(`${path}/unread-count`),
    get(`${path}/messages`, { limit: 20 }),
    get('1.2/rtm/all-conversations', { where: { m: id }, order: '-updatedAt', limit: 50 }),
  ]);
  const here = online.results.includes(id);
  found.replaceChildren(
    element(
      'div',
      { class: 'figures' },
      figure(t('Status'), t(here ? 'online' : 'offline')),
      figure(t('Unread'), unread.count),
    ),
    element(
      'div',
      { class: 'asks' },
      element('button', { type: 'button', class: 'danger', id: 'kick', onclick: () => kick(page, id, path) }, t('Force off')),
      element('button', { type: 'button', class: 'secondary', id: 'sign', onclick: page.guarded(() => sign(id, signed)) }, `${t('Signature for a test login')}: ${t('Make one')}`),
    ),
    element('pre', { class: 'record', id: 'signed', hidden: true }),
    element('h2', {}, t('Member of')),
    conversationTable(member.results),
    element('h2', {}, t('Messages of this client')),
    messageTable(said),
  );
  const signed = found.querySelector('#signed');
}

function kick(page, id, path) {
  confirm(t('Force off'), id, t('Force off'), page.guarded(async () => {
    await call('POST', `${path}/kick`, { body: {} });
    tell(t('The client was forced off.'));
    await clients(page, id);
  }));
}

/** As an app's own server would sign this client's login. Source: semantics 11 */
async function sign(client, into) {
  if (!crypto.subtle) throw new Error(t('Browsers sign only on pages with TLS or on localhost.'));
  const bytes = (text) => new TextEncoder().encode(text);
  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const timestamp = Date.now();
  const nonce = hex(crypto.getRandomValues(new Uint8Array(8)));
  const key = await crypto.subtle.importKey('raw', bytes(masterKey()), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const signature = hex(await crypto.subtle.sign('HMAC', key, bytes(`${appId()}:${client}::${timestamp}:${nonce}`)));
  into.textContent = JSON.stringify({ signature, timestamp, nonce }, null, 2);
  into.hidden = false;
}
