import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { todayView, type TodayView } from './today.view.rules.ts';

export const todayPage = definePage({
  name: 'billing.today',
  path: '/billing',
  permission: 'billing-desk:read',
  nav: navIn('today', 'billing.today.nav'),
  load: ({ clock, config }) => ({ today: businessDateOf(clock.now(), config.timeZone) }),
  view: todayView,
  template: template<TodayView>('billing/today'),
});
