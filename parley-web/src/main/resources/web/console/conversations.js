import { element } from '../chat/dom.js';
import { get } from './api.js';
import { form, idCell, messageTable, table, textInput, when } from './parts.js';
import { t } from './texts.js';

const PAGE = 50;

/** Rows of `_Conversation`, with the columns of the table in the store. */
export async function conversations(page) {
  const asked = textInput('asked');
  const kind = element(
    'select',
    { id: 'kind' },
    element('option', { value: '' }, t('All')),
    element('option', { value: 'normal' }, t('Normal')),
    element('option', { value: 'tr' }, t('Chat rooms')),
    element('option', { value: 'sys' }, t('Service')),
  );
  const list = element('div', { id: 'rows' });
  const older = element('button', { type: 'button', class: 'secondary', hidden: true }, t('Older'));
  let listing = { where: {}, skip: 0 };

  async function look() {
    const wanted = listing;
    const { results } = await get('1.2/rtm/all-conversations', { ...wanted, order: '-updatedAt', limit: PAGE });
    if (wanted !== listing) return; // something else was searched for meanwhile
    list.replaceChildren(conversationTable(results));
    older.hidden = results.length < PAGE;
  }
  const search = page.guarded(async (values) => {
    listing = { where: condition(values.asked, values.kind), skip: 0 };
    await look();
  });
  older.addEventListener('click', page.guarded(async () => {
    listing = { ...listing, skip: listing.skip + PAGE };
    await look();
  }));
  page.show(
    element('h1', {}, t('Conversations')),
    element('p', { class: 'caution', id: 'member-caution' }, t('Members and muted are kept by the SDKs. Do not change m or mu by hand: use add, remove and mute.')),
    form([[t('Id, name, member or creator'), asked], [t('Kind'), kind]], t('Search'), search),
    list,
    older,
  );
  await look();
}

function condition(asked, kind) {
  const all = [];
  if (asked) all.push({ $or: [{ objectId: asked }, { name: asked }, { m: asked }, { c: asked }] });
  if (kind === 'tr' || kind === 'sys') all.push({ [kind]: true });
  if (kind === 'normal') all.push({ tr: { $ne: true } }, { sys: { $ne: true } });
  return all.length === 0 ? {} : { $and: all };
}

export function conversationTable(rows) {
  return table(rows, [
    ['objectId', (row) => idCell(row.objectId, `#/conversations/${encodeURIComponent(row.objectId)}`)],
    [`name`, (row) => row.name ?? ''],
    [t('Kind'), kindOf],
    ['m', (row) => some(row.m)],
    ['mu', (row) => some(row.mu)],
    ['c', (row) => row.c ?? ''],
    ['attr', (row) => (row.attr ? JSON.stringify(row.attr) : '')],
    ['lm', (row) => when(row.lm)],
    ['createdAt', (row) => when(row.createdAt)],
    ['updatedAt', (row) => when(row.updatedAt)],
  ]);
}

const kindOf = (row) => (row.tr ? t('Chat rooms') : row.sys ? t('Service') : t('Normal'));

const some = (ids = []) => (ids.length > 5 ? `${ids.slice(0, 5).join(', ')}, … (${ids.length})` : ids.join(', '));

/** One conversation: its row as it is, and its newest messages. */
export async function conversation(page, id) {
  const { results } = await get('1.2/rtm/all-conversations', { where: { objectId: id } });
  const row = results[0];
  const messages = element('div', { id: 'messages' });
  const older = element('button', { type: 'button', class: 'secondary', hidden: true }, t('Older'));
  page.show(
    element('h1', {}, row?.name || id),
    row ? conversationTable([row]) : element('p', { class: 'nothing' }, t('Nothing found.')),
    row ? element('pre', { class: 'record' }, JSON.stringify(row, null, 2)) : '',
    element('h2', {}, t('Messages')),
    messages,
    older,
  );
  const seen = [];
  const read = async () => {
    const last = seen.at(-1);
    const found = await get(`1.2/rtm/${row?.tr ? 'chatrooms' : 'conversations'}/${encodeURIComponent(id)}/messages`, {
      limit: PAGE,
      timestamp: last?.timestamp,
      msgid: last?.['msg-id'],
    });
    seen.push(...found);
    messages.replaceChildren(messageTable(seen));
    older.hidden = found.length < PAGE;
  };
  older.addEventListener('click', page.guarded(read));
  if (row && !row.sys) await read();
}
