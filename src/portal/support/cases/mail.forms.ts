import { answerCaseByMail } from '../../../cases/answer-case-by-mail.ts';
import { previewCaseMail } from '../../../cases/preview-case-mail.ts';
import { MAX_MESSAGE } from '../../../shared/message-text.rules.ts';
import { defineForm, defineRevealingForm } from '../../kit/define-form.ts';
import { countField, textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import { caseHref } from '../support-links.rules.ts';
import { mailPage } from './mail.pages.ts';
import { mailPreviewView, type MailPreviewView } from './mail.view.rules.ts';

const subject = textField({ label: 'support.mail.subject', maxLength: 100 });
const text = textField({ label: 'support.mail.text', maxLength: MAX_MESSAGE, isMultiline: true });

/** Shows the mail; nothing is written. */
export const mailPreviewForm = defineRevealingForm({
  name: 'support.case-mail-preview',
  path: '/support/cases/:number/mail/preview',
  permission: 'cases:take',
  fields: { subject, text },
  submit: (deps, { actor, params, input }) =>
    previewCaseMail(deps, actor, { number: params['number'] ?? '', ...input }),
  reveal: { view: mailPreviewView, template: template<MailPreviewView>('support/mail-preview') },
  page: mailPage,
});

/** Sends it, if nobody has written in the case since. */
export const mailForm = defineForm({
  name: 'support.case-mail-form',
  path: '/support/cases/:number/mail',
  permission: 'cases:take',
  fields: { subject, text, seen: countField('support.mail.text', { min: 0, max: 65_535 }) },
  submit: (deps, { actor, params, input: { seen, ...answer } }) =>
    answerCaseByMail(deps, actor, { number: params['number'] ?? '', ...answer, seenEvents: seen }),
  done: (_, { params }) => ({ to: caseHref(params['number'] ?? ''), flash: 'support.mail.sent' }),
  page: mailPage,
});
