import { defineForm } from '../kit/define-form.ts';
import { definePage } from '../kit/define-page.ts';
import { definePortal } from '../kit/define-portal.ts';
import { textField } from '../kit/form-fields.ts';
import { template } from '../kit/template.ts';
import { consoleListView, type ConsoleListView } from './console-list.sample.ts';
import { consoleSubjectView, type ConsoleSubjectView } from './console-subject.sample.ts';

const listPage = definePage({
  name: 'console.list',
  path: '/kit/console',
  audience: 'public',
  nav: { label: 'components.list', order: 10, section: 'components.daily' },
  load: () => undefined,
  view: consoleListView,
  template: template<ConsoleListView>('components/list'),
});

const subjectPage = definePage({
  name: 'console.subject',
  path: '/kit/console/subject',
  audience: 'public',
  nav: { label: 'components.subject', order: 20, section: 'components.monthly' },
  load: () => undefined,
  view: consoleSubjectView,
  template: template<ConsoleSubjectView>('components/subject'),
});

/** A question to try: it asks for a reason, and does nothing with it. */
const subjectForm = defineForm({
  name: 'components.console-form',
  path: '/kit/console/subject',
  audience: 'public',
  fields: { reason: textField({ label: 'components.reason', maxLength: 40 }) },
  submit: () => Promise.resolve(),
  done: () => ({ to: '/kit/console/subject' }),
  page: subjectPage,
});

/** The components of consoles in every state: pages as those who work with them all day have them, with figures made up. */
export const consolePortal = definePortal({
  name: 'console',
  listener: 'public',
  audience: 'public',
  tagline: 'page.developers',
  foot: 'page.foot-developers',
  home: '/',
  isConsole: true,
  isForDevelopment: true,
  pages: [listPage, subjectPage],
  forms: [subjectForm],
});
