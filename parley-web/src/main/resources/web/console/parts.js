import { element, tell, tool } from '../chat/dom.js';
import { field } from '../chat/sheet.js';
import { t } from './texts.js';

/** What the pages are made of. */

/** @param columns pairs of a heading and a function from a row to text or an element */
export function table(rows, columns) {
  if (rows.length === 0) return element('p', { class: 'nothing' }, t('Nothing found.'));
  return element(
    'div',
    { class: 'sheet-table' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...columns.map(([heading]) => element('th', {}, heading)))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...columns.map(([, cell]) => asCell(cell(row)))))),
    ),
  );
}

const asCell = (content) => (content instanceof HTMLTableCellElement ? content : element('td', {}, content ?? ''));

/** An id that can be copied, and followed when there is somewhere to go. */
export function idCell(id, href) {
  if (!id) return element('td', {});
  const copy = tool('copy', t('Copy'), () => copyText(id));
  copy.classList.add('copy');
  return element('td', { class: 'id' }, href ? element('a', { href }, id) : id, copy);
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages without TLS have no clipboard.
    const field = element('textarea', {}, text);
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  tell(t('Copied'));
}

/** A row of inputs and a button; `ask` is called with the values by input id. */
export function form(inputs, label, ask) {
  return element(
    'form',
    {
      class: 'asks',
      onsubmit: (event) => {
        event.preventDefault();
        ask(Object.fromEntries(inputs.map(([, input]) => [input.id, input.value.trim()])));
      },
    },
    ...inputs.map(([title, input]) => field(title, input)),
    element('button', { class: 'primary', type: 'submit' }, label),
  );
}

export const textInput = (id, value = '') => {
  const input = element('input', { id, type: 'text', spellcheck: 'false', autocomplete: 'off' });
  input.value = value;
  return input;
};

export function figure(label, value) {
  return element('div', { class: 'figure' }, element('span', { class: 'soft' }, label), element('strong', {}, String(value)));
}

/** @param time milliseconds, an ISO text, or a date as the REST API writes it */
export function when(time) {
  const value = time?.iso ?? time;
  if (value === undefined || value === null || value === '') return '';
  return new Date(value).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

export const yesNo = (value) => (value ? element('span', { class: 'badge-on' }, t('yes')) : t('no'));

/** What a message says, in a line. */
export function contents(message) {
  if (message.bin) return `${message.data.length} base64`;
  try {
    const typed = JSON.parse(message.data);
    return typed._lctext ?? message.data;
  } catch {
    return message.data;
  }
}

export const shortened = (text, most = 200) => (text.length > most ? `${text.slice(0, most)}…` : text);

export function messageTable(messages) {
  return table(messages, [
    [t('Time'), (message) => when(message.timestamp)],
    [t('From'), (message) => element('a', { href: `#/clients/${encodeURIComponent(message.from)}` }, message.from)],
    [t('Conversation'), (message) => idCell(message['conv-id'], `#/conversations/${encodeURIComponent(message['conv-id'])}`)],
    [t('Content'), (message) => shortened(contents(message))],
    [t('Message id'), (message) => idCell(message['msg-id'], traceLink(message))],
  ]);
}

export const traceLink = (message) => `#/trace/${encodeURIComponent(message['conv-id'])}/${encodeURIComponent(message['msg-id'])}`;
