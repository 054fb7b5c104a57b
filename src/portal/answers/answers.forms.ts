import { answerEnquiry } from '../../cases/answer-enquiry.ts';
import { openAnswerLink } from '../../enquiries/open-answer-link.ts';
import { MAX_MESSAGE } from '../../shared/message-text.rules.ts';
import { defineForm } from '../kit/define-form.ts';
import { textField } from '../kit/form-fields.ts';
import { answerPage } from './answers.pages.ts';

/** Sends an answer; several are possible, until the link says otherwise. */
export const answerForm = defineForm({
  name: 'answers.answer',
  path: '/answers/:token',
  audience: 'public',
  fields: { text: textField({ label: 'answers.text', maxLength: MAX_MESSAGE, isMultiline: true }) },
  submit: async (deps, { params, input }) => {
    const link = await openAnswerLink(deps, params['token'] ?? '');
    await answerEnquiry(deps, link.actor, { link, text: input.text });
  },
  done: (_, { params }) => ({ to: `/answers/${params['token']}?sent=yes` }),
  page: answerPage,
});
