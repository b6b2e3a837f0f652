import { avatar, element } from './dom.js';
import { attempt } from './problems.js';
import { go } from './route.js';
import { linkField } from './share.js';
import { field, openSheet } from './sheet.js';
import { namesIn } from './start-sheet.js';
import { texts } from './texts.js';

/** The dialog about a conversation: who is in it, adding people, the link, leaving. */
export function openMembersSheet(conversations, conversation) {
  const list = element('ul', { class: 'members' });
  const draw = () => drawMembers(list, conversations, conversation);
  const who = element('input', { type: 'text', id: 'add-names', placeholder: texts.namesExample, autocomplete: 'off' });
  const add = async (event) => {
    event.preventDefault();
    const names = namesIn(who.value).filter((name) => !conversation.members.includes(name));
    if (!names.length) return;
    if (await attempt(() => conversation.add(names))) who.value = '';
    draw();
  };
  openSheet(texts.memberCount(conversation.members.length), (close) => {
    const leave = async () => {
      if (!(await attempt(() => conversations.leave(conversation)))) return;
      close();
      go();
    };
    const addButton = element('button', { type: 'submit', class: 'secondary' }, texts.add);
    const adding = field(texts.addPeople, who);
    adding.append(element('div', { class: 'together' }, who, addButton));
    return [
      list,
      element('form', { onsubmit: add }, adding),
      element('div', { class: 'field' }, element('h3', {}, texts.link), linkField(conversation.id)),
      element('div', { class: 'choices' }, element('button', { type: 'button', class: 'danger', onclick: leave }, texts.leave)),
    ];
  });
  draw();
}

async function drawMembers(list, conversations, conversation) {
  const { me } = conversations;
  const rows = new Map();
  for (const member of conversation.members) {
    const presence = element('span', { class: 'presence' }, member === me ? texts.you : '');
    rows.set(member, presence);
  }
  list.replaceChildren(
    ...[...rows].map(([member, presence]) =>
      element('li', {}, avatar(member, 'small'), element('span', { class: 'name' }, member), presence),
    ),
  );
  const others = conversations.othersOf(conversation);
  await attempt(async () => {
    const online = await conversations.online(others);
    for (const member of others.slice(0, 20)) {
      rows.get(member).textContent = online.has(member) ? texts.online : texts.offline;
      rows.get(member).classList.toggle('online', online.has(member));
    }
  });
}
