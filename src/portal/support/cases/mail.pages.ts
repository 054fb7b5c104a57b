import { draftAnswer } from '../../../case-answers/draft-answer.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { mailView } from './mail.view.rules.ts';

/** Writes an answer by mail, with a text block to begin with. */
export const mailPage = definePage({
  name: 'support.case-mail',
  path: '/support/cases/:number/mail',
  permission: 'cases:take',
  query: {
    type: 'object',
    properties: { block: { type: 'string', maxLength: 40 } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, params, query: { block } }) => ({
    draft: await draftAnswer(deps, actor, params['number'] ?? ''),
    block,
  }),
  view: mailView,
  template: template<SectionsView>('kit/sections'),
});
