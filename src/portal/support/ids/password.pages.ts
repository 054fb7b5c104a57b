import { issueSubscriberWithLetter, setPasswordWithLetter } from '../../../letters/issue-with-letter.ts';
import { getLineOverview } from '../../../limits/line-overview.queries.ts';
import { currentTenure } from '../../../lines/current-tenure.rules.ts';
import { isShownTo } from '../../../personal-data/personal-data.queries.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineRevealingForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { choiceField, textField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { reasonFields } from '../acts/reason.rules.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { loadId } from './id.pages.ts';
import { issuedView, issueView, passwordView, type IssuedView } from './password.view.rules.ts';

/** Asks before an ID gets a new password. */
export const passwordPage = definePage({
  name: 'support.new-password',
  path: '/support/ids/:id/password',
  permission: 'subscribers:write',
  under: '/support',
  load: async (deps, request) => {
    const id = await loadId(deps, request);
    return { id, isShown: await isShownTo(deps, request.actor, id) };
  },
  view: passwordView,
  template: template<SectionsView>('kit/sections'),
});

/** Replaces the password of an ID, and shows the new one once. */
export const passwordForm = defineRevealingForm({
  name: 'support.password-id-form',
  path: '/support/ids/:id/password',
  permission: 'subscribers:write',
  fields: reasonFields,
  stepUp: true,
  submit: (deps, { actor, params, input: reason, visit: { language } }) =>
    setPasswordWithLetter(deps, actor, { issuedId: params['id'] ?? '', reason, language }),
  reveal: { view: issuedView, template: template<IssuedView>('support/issued-id') },
  page: passwordPage,
});

/** Asks for the name of a new ID on a line. */
export const issuePage = definePage({
  name: 'support.issue-id',
  path: '/support/lines/:line/ids/new',
  permission: 'subscribers:write',
  under: '/support',
  load: async (deps, { actor, params }) => {
    const line = await getLineOverview(deps, actor, requireLineId(params['line']));
    const tenure = currentTenure(line.tenures, line.businessDate);
    if (!tenure) throw new Problem('line-not-found');
    const isShown = await isShownTo(deps, actor, { lineId: line.lineId, holderFrom: tenure.validFrom });
    return { line, holderFrom: tenure.validFrom, isShown, issueKey: deps.ids.next() };
  },
  view: issueView,
  template: template<SectionsView>('kit/sections'),
});

/** Issues an ID on a line, and shows its password once. */
export const issueForm = defineRevealingForm({
  name: 'support.issue-id-form',
  path: '/support/lines/:line/ids/new',
  permission: 'subscribers:write',
  fields: {
    displayName: textField({ label: 'support.id.issue.name', maxLength: 60 }),
    issuedFor: choiceField('support.id.issue.for', ['holder', 'person']),
    issueKey: textField({ label: 'support.id.issue', maxLength: 26 }),
    tenure: textField({ label: 'support.id.issue', maxLength: 10 }),
    ...reasonFields,
  },
  stepUp: true,
  submit: (deps, { actor, params, input, visit: { language } }) => {
    const { displayName, issuedFor, issueKey, tenure: holderFrom, askedBy, why } = input;
    const lineId = requireLineId(params['line']);
    const reason = { askedBy, why };
    return issueSubscriberWithLetter(deps, actor, {
      lineId,
      displayName,
      issuedFor,
      issueKey,
      holderFrom,
      reason,
      language,
    });
  },
  reveal: { view: issuedView, template: template<IssuedView>('support/issued-id') },
  page: issuePage,
});
