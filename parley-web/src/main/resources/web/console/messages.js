import { element } from '../chat/dom.js';
import { get } from './api.js';
import { form, idCell, messageTable, shortened, table, textInput, when, yesNo } from './parts.js';
import { t } from './texts.js';

const PAGE = 50;

/** Messages of the app, of a client or of a conversation, the newest first; or the way to one by its id. */
export async function messages(page) {
  const list = element('div', { id: 'messages' });
  const older = element('button', { type: 'button', class: 'secondary', hidden: true }, t('Older'));
  let listing = { path: '1.2/rtm/messages', seen: [] };

  async function read() {
    const asked = listing;
    const last = asked.seen.at(-1);
    const found = await get(asked.path, { limit: PAGE, timestamp: last?.timestamp, msgid: last?.['msg-id'] });
    if (asked !== listing) return; // something else was searched for meanwhile
    asked.seen.push(...found);
    list.replaceChildren(messageTable(asked.seen));
    older.hidden = found.length < PAGE;
  }
  const search = page.guarded(async (values) => {
    if (values.message) {
      location.hash = `#/trace/-/${encodeURIComponent(values.message)}`;
      return;
    }
    let path = '1.2/rtm/messages';
    if (values.conversation) path = `1.2/rtm/conversations/${encodeURIComponent(values.conversation)}/messages`;
    else if (values.client) path = `1.2/rtm/clients/${encodeURIComponent(values.client)}/messages`;
    listing = { path, seen: [] };
    await read();
  });
  older.addEventListener('click', page.guarded(read));
  page.show(
    element('h1', {}, t('Messages')),
    form(
      [
        [t('Conversation id'), textInput('conversation')],
        [t('Client id'), textInput('client')],
        [t('Message id'), textInput('message')],
      ],
      t('Search'),
      search,
    ),
    list,
    older,
  );
  await read();
}

/** "Where is my message?" */
export async function trace(page, conversation, id) {
  const found = await get(`1.2/rtm/messages/${encodeURIComponent(id)}/trace`, {
    conv_id: conversation === '-' ? undefined : conversation,
  });
  const { recipients, ...message } = found;
  page.show(
    element('h1', {}, t('Where is this message?')),
    table([message], [
      [t('Message id'), (row) => idCell(row.messageId)],
      [t('Conversation'), (row) => idCell(row.conversation, `#/conversations/${encodeURIComponent(row.conversation)}`)],
      [t('From'), (row) => row.from],
      [t('Stored at'), (row) => when(row.storedAt)],
      [t('First delivered at'), (row) => when(row.firstDeliveredAt)],
    ]),
    table(recipients, [
      [t('Recipient'), (row) => element('a', { href: `#/clients/${encodeURIComponent(row.client)}` }, row.client)],
      [t('Online'), (row) => yesNo(row.online)],
      [t('Acknowledged'), (row) => yesNo(row.acknowledged)],
      [t('Read'), (row) => yesNo(row.read)],
      [t('Muted'), (row) => yesNo(row.muted)],
      [t('Devices'), (row) => row.sessions.map((session) => shortened(session.userAgent || session.deviceId, 60)).join(', ')],
      [t('Push'), (row) => row.pushes.map((push) => `${push.platform}: ${push.status} ${push.reason ?? ''}`.trim()).join(', ')],
    ]),
    element('pre', { class: 'record' }, JSON.stringify(found, null, 2)),
  );
}
