import { defineForm } from '../kit/define-form.ts';
import { definePage, type PageView } from '../kit/define-page.ts';
import { definePortal } from '../kit/define-portal.ts';
import { choiceField, dateField, moneyField, optional, secretField, textField } from '../kit/form-fields.ts';
import { template } from '../kit/template.ts';
import { samples, type Samples } from './samples.ts';

interface ComponentsView extends PageView {
  readonly s: Samples;
}

const componentsPage = definePage({
  name: 'components.page',
  path: '/kit',
  audience: 'public',
  nav: { label: 'components.title', order: 10 },
  load: () => samples,
  view: (all, { language, t }): ComponentsView => ({ title: t('components.title'), s: all[language] }),
  template: template<ComponentsView>('components'),
});

/** A form to try: it shows what it refuses, and does nothing with what it takes. */
const sampleForm = defineForm({
  name: 'components.form',
  path: '/kit',
  audience: 'public',
  fields: {
    text: textField({ label: 'components.text', maxLength: 40 }),
    amount: moneyField('components.amount', { max: 100_000n }),
    date: optional(dateField('components.date')),
    choice: choiceField('components.choice', ['yes', 'no']),
    secret: secretField('components.secret'),
  },
  submit: () => Promise.resolve(),
  done: () => ({ to: '/kit' }),
  page: componentsPage,
});

/** Every component in every state, to be looked at while they are changed. */
export const componentsPortal = definePortal({
  name: 'components',
  listener: 'public',
  audience: 'public',
  tagline: 'page.developers',
  foot: 'page.foot-developers',
  home: '/',
  isForDevelopment: true,
  pages: [componentsPage],
  forms: [sampleForm],
});
