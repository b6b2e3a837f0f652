import { language, texts } from './texts.js';

const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const weekday = new Intl.DateTimeFormat(language, { weekday: 'short' });
const shortDate = new Intl.DateTimeFormat(language, { year: '2-digit', month: 'numeric', day: 'numeric' });
const longDate = new Intl.DateTimeFormat(language, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });

function daysAgo(date) {
  const midnight = (of) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  return Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
}

export const timeOfDay = (date) => clock.format(date);

/** For the list: the time today, the weekday this week, else the date. */
export function briefly(date) {
  const days = daysAgo(date);
  if (days < 1) return clock.format(date);
  return days < 7 ? weekday.format(date) : shortDate.format(date);
}

export function day(date) {
  return [texts.today, texts.yesterday][daysAgo(date)] ?? longDate.format(date);
}

export const listed = (names) => names.join(texts.listSeparator);
