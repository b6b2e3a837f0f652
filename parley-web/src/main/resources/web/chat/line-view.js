import { isRecalled, wordsOf } from './contents.js';
import { avatar, element, icon, tool, withLinks } from './dom.js';
import { day, timeOfDay } from './format.js';
import { reasonOf } from './problems.js';
import { texts } from './texts.js';

const TOGETHER = 5 * 60_000;

/**
 * What a line looks like, but for its progress, as a plain value: as long as it stays equal, the line's elements stay.
 *
 * @param lines all lines of the thread
 * @param index which of them is meant
 */
export function appearance(lines, index, thread) {
  const line = lines[index];
  const [before, after] = [lines[index - 1], lines[index + 1]];
  if (line.notice) return { key: line.key, notice: line.notice };
  const newDay = beginsDay(lines, index);
  const common = { key: line.key, day: newDay ? day(line.at) : '' };
  const { message } = line;
  const mine = message.from === undefined || message.from === thread.me;
  if (isRecalled(message)) return { ...common, notice: mine ? texts.recalledMine : texts.recalled(message.from) };
  return {
    ...common,
    mine,
    author: message.from,
    named: !mine && thread.conversation.members.length > 2,
    ...wordsOf(message),
    time: timeOfDay(line.at),
    edited: message.updatedAt > message.timestamp,
    trouble: ['waiting', 'failed'].includes(line.state) && line.state,
    settled: line.state === 'sent',
    reason: line.reason ? reasonOf(line.reason) : '',
    first: newDay || !follows(before, line),
    last: !after || !follows(line, after) || beginsDay(lines, index + 1),
  };
}

function beginsDay(lines, index) {
  let above = index - 1;
  while (above >= 0 && lines[above].notice) above -= 1;
  return above < 0 || lines[above].at.toDateString() !== lines[index].at.toDateString();
}

/** Whether two lines are the same person speaking on, and are drawn close together. */
function follows(one, other) {
  const spoken = (line) => line.message && !isRecalled(line.message);
  return spoken(one) && spoken(other) && one.message.from === other.message.from && other.at - one.at < TOGETHER;
}

/** Shows how far a message got without drawing its line anew: it may be under somebody's finger. */
export function drawProgress(node, progress) {
  node.querySelector('.tick').replaceWith(tick(progress));
}

/** @param act what the buttons of a line do: {edit, recall, again, discard} */
export function drawLine(look, progress, line, act) {
  const parts = look.day ? [element('div', { class: 'day' }, element('span', {}, look.day))] : [];
  parts.push(look.notice ? element('p', { class: 'notice' }, look.notice) : spoken(look, progress, line, act));
  return element('div', { class: 'entry', 'data-key': look.key }, ...parts);
}

function spoken(look, progress, line, act) {
  const bubble = element(
    'div',
    { class: 'bubble' },
    element('span', { class: look.standIn ? 'text other' : 'text' }, ...(look.standIn ? [look.words] : withLinks(look.words))),
    meta(look, progress, line),
  );
  const held = element('div', { class: 'held' }, bubble);
  if (look.mine && look.settled) held.append(actions(look, line, act));
  const body = element('div', { class: 'body' });
  if (look.named && look.first) body.append(element('span', { class: 'author' }, look.author));
  body.append(held);
  if (look.trouble) body.append(trouble(look, line, act));
  const kind = ['line', look.mine && 'mine', look.first && 'first', look.last && 'last'].filter(Boolean).join(' ');
  const node = element('div', { class: kind }, body);
  if (!look.mine) node.prepend(look.last ? avatar(look.author, 'small') : element('span'));
  bubble.addEventListener('click', () => node.classList.toggle('touched'));
  return node;
}

function meta(look, progress, line) {
  const node = element('span', { class: 'meta' });
  if (look.edited) node.append(element('span', {}, texts.edited));
  node.append(element('time', { datetime: line.at.toISOString() }, look.time));
  if (look.mine) node.append(tick(progress));
  return node;
}

function tick(progress) {
  const picture = { sending: 'sending', waiting: 'sending', failed: 'close', sent: 'sent' }[progress] ?? 'delivered';
  const label = progress === 'failed' ? texts.unsent : texts[progress];
  return element('span', { class: `tick ${progress}`, role: 'img', 'aria-label': label, title: label }, icon(picture));
}

function actions(look, line, act) {
  const node = element('div', { class: 'actions' });
  if (!look.standIn) node.append(tool('edit', texts.edit, () => act.edit(line)));
  node.append(tool('recall', texts.recall, () => act.recall(line)));
  return node;
}

function trouble(look, line, act) {
  const waiting = look.trouble === 'waiting';
  return element(
    'div',
    { class: waiting ? 'trouble waiting' : 'trouble' },
    element('span', {}, waiting ? texts.waiting : texts.notSent(look.reason)),
    element('button', { type: 'button', onclick: () => act.again(line) }, texts.again),
    element('button', { type: 'button', onclick: () => act.discard(line) }, texts.discard),
  );
}
