import { preview } from './contents.js';
import { avatar, byId, element } from './dom.js';
import { briefly } from './format.js';
import { hashOf } from './route.js';
import { texts } from './texts.js';

/** Draws the list of conversations. */
export function drawList(conversations, openId) {
  const rows = conversations.sorted.map((conversation) => drawRow(conversations, conversation, openId));
  const list = byId('list');
  const focused = list.contains(document.activeElement) && document.activeElement.getAttribute('href');
  list.replaceChildren(...(rows.length ? rows : [element('p', { class: 'hint' }, texts.noConversations)]));
  if (focused) rows.find((row) => row.getAttribute('href') === focused)?.focus();
  const { unread } = conversations;
  document.title = unread ? `(${unread}) Parley` : 'Parley';
}

function drawRow(conversations, conversation, openId) {
  const title = conversations.titleOf(conversation);
  const group = conversation.members.length > 2 || Boolean(conversation.name);
  const { lastMessage, lastMessageAt, unreadMessagesCount: unread } = conversation;
  return element(
    'a',
    {
      class: unread ? 'row unread' : 'row',
      href: hashOf(conversation.id),
      'aria-current': conversation.id === openId && 'page',
    },
    avatar(title, group ? 'group' : ''),
    element('span', { class: 'title' }, title),
    element('span', { class: 'preview' }, lastMessage ? preview(lastMessage, conversations.me, group) : texts.noMessages),
    ...(lastMessageAt ? [element('time', { datetime: lastMessageAt.toISOString() }, briefly(lastMessageAt))] : []),
    ...(unread ? [element('span', { class: 'badge', 'aria-label': texts.unread(unread) }, unread > 99 ? '99+' : String(unread))] : []),
  );
}
