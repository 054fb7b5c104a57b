import { definePortal } from '../kit/define-portal.ts';
import { answerForm } from './answers.forms.ts';
import { answerPage } from './answers.pages.ts';

/**
 * Where a company answers an enquiry, by the link of its mail: without an account and without any other part of the site. Opening
 * the link shows; only the form answers, so that a mail scanner that follows links sends nothing.
 */
export const answersPortal = definePortal({
  name: 'answers',
  listener: 'public',
  audience: 'public',
  tagline: 'page.service',
  foot: 'answers.foot',
  pages: [answerPage],
  forms: [answerForm],
});
