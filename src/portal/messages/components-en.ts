import type { componentsJa } from './components-ja.ts';

/** English texts of the page of components. */
export const componentsEn: Readonly<Record<keyof typeof componentsJa, string>> = {
  'components.title': 'Components',
  'components.text': 'Name',
  'components.amount': 'Amount',
  'components.date': 'Date',
  'components.choice': 'Your choice',
  'components.secret': 'Password',
  'components.show': 'Show password',
};
