import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { loadToday } from './load-today.ts';
import { todayView, type TodayView } from './today.view.rules.ts';

export const todayPage = definePage({
  name: 'company.today',
  path: '/company',
  permission: 'company-desk:read',
  nav: navIn('today', 'company.today.nav'),
  load: loadToday,
  view: todayView,
  template: template<TodayView>('company/today'),
});
