import type { componentsJa } from './components-ja.ts';

/** English texts of the page of components. */
export const componentsEn: Readonly<Record<keyof typeof componentsJa, string>> = {
  'components.title': 'Components',
  'components.list': 'List of a console',
  'components.subject': 'Subject of a console',
  'components.daily': 'Every day',
  'components.monthly': 'Every month',
  'components.reason': 'What you checked',
  'components.text': 'Name',
  'components.amount': 'Amount',
  'components.date': 'Date',
  'components.choice': 'Your choice',
  'components.secret': 'Password',
  'components.show': 'Show password',
};
