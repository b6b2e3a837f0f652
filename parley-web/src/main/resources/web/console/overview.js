import { element } from '../chat/dom.js';
import { get, measurements } from './api.js';
import { figure, messageTable } from './parts.js';
import { t } from './texts.js';

const EVERY_MILLIS = 2000;

/** Live figures: of the app from the REST API, of this process from its metrics. */
export async function overview(page) {
  const figures = element('div', { class: 'figures', id: 'figures' });
  const newest = element('div', { id: 'newest' });
  page.show(element('h1', {}, t('Overview')), figures, element('h2', {}, t('Newest messages')), newest);
  const peaks = { online: 0, rate: 0 };
  let before;

  async function look() {
    const [stats, metric, messages] = await Promise.all([
      get('1.2/rtm/stats'),
      measurements(),
      get('1.2/rtm/messages', { limit: 20 }),
    ]);
    const now = { at: performance.now(), accepted: metric('parley_messages_accepted_total') };
    const rate = before ? ((now.accepted - before.accepted) * 1000) / (now.at - before.at) : 0;
    before = now;
    peaks.rate = Math.max(peaks.rate, rate);
    peaks.online = Math.max(peaks.online, stats.result.online_user_count);
    figures.replaceChildren(
      figure(t('Online now'), stats.result.online_user_count),
      figure(`${t('Online now')}: ${t('Peak while this page was open')}`, peaks.online),
      figure(t('Online today'), stats.result.user_count_today),
      figure(t('Connections on this server'), metric('parley_connections_open')),
      figure(t('Messages per second'), rate.toFixed(1)),
      figure(`${t('Messages per second')}: ${t('Peak while this page was open')}`, peaks.rate.toFixed(1)),
    );
    newest.replaceChildren(messageTable(messages));
  }

  await look();
  page.repeat(look, EVERY_MILLIS);
}
