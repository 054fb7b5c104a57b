import { getEnquiryToAnswer } from '../../enquiries/get-enquiry-to-answer.ts';
import { openAnswerLink } from '../../enquiries/open-answer-link.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { answerView, type AnswerView } from './answer.view.rules.ts';

/** An enquiry as the company sees it that has its link. An expired link is 410, any other text 404. */
export const answerPage = definePage({
  name: 'answers.page',
  path: '/answers/:token',
  audience: 'public',
  query: { type: 'object', properties: { sent: { enum: ['yes'] } } },
  load: async (deps, { params, query }) => {
    const token = params['token'] ?? '';
    const link = await openAnswerLink(deps, token);
    const enquiry = await getEnquiryToAnswer(deps, link.actor, link);
    return { enquiry, token, isSent: query.sent === 'yes' };
  },
  view: answerView,
  template: template<AnswerView>('answers/answer'),
});
