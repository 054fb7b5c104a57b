import { endIdOnLine, renameId } from '../../identity/people-of-line.ts';
import { issueIdWithLetter, resetPasswordWithLetter } from '../../letters/issue-with-letter.ts';
import { defineForm, defineRevealingForm } from '../kit/define-form.ts';
import { textField } from '../kit/form-fields.ts';
import { template } from '../kit/template.ts';
import { readPerson } from './limit-address.rules.ts';
import { endPersonPage, newPersonPage, personPage, resetPasswordPage } from './people.pages.ts';
import { issuedView, type IssuedView } from './people.view.rules.ts';

const displayName = textField({ label: 'my.person.name', maxLength: 60 });

/** Issues an ID, and shows its password once. */
export const issueForm = defineRevealingForm({
  name: 'my.issue-id',
  path: '/my/people/new',
  permission: 'people:write',
  fields: { displayName, issueKey: textField({ label: 'my.person-new.title', maxLength: 26 }) },
  submit: (deps, { actor, input, visit: { language } }) =>
    issueIdWithLetter(deps, actor, { ...input, language }),
  reveal: { view: issuedView, template: template<IssuedView>('my/issued-id') },
  page: newPersonPage,
});

/** Replaces the password of an ID, and shows the new one once. */
export const resetPasswordForm = defineRevealingForm({
  name: 'my.reset-password-form',
  path: '/my/people/:id/password',
  permission: 'people:write',
  fields: {},
  submit: (deps, { actor, params, visit: { language } }) =>
    resetPasswordWithLetter(deps, actor, { subscriberId: readPerson(params['id']), language }),
  reveal: { view: issuedView, template: template<IssuedView>('my/issued-id') },
  page: resetPasswordPage,
});

export const renameForm = defineForm({
  name: 'my.rename-id',
  path: '/my/people/:id/name',
  permission: 'people:write',
  fields: { displayName },
  submit: async (deps, { actor, params, input }) => {
    const subscriberId = readPerson(params['id']);
    await renameId(deps, actor, { subscriberId, ...input });
    return subscriberId;
  },
  done: (id) => ({ to: `/my/people/${id}`, flash: 'my.person.renamed' }),
  page: personPage,
});

export const endPersonForm = defineForm({
  name: 'my.end-id',
  path: '/my/people/:id/end',
  permission: 'people:end',
  fields: {},
  submit: (deps, { actor, params }) => endIdOnLine(deps, actor, { subscriberId: readPerson(params['id']) }),
  done: () => ({ to: '/my/people', flash: 'my.person-end.done' }),
  page: endPersonPage,
});

/** The forms of issued IDs. */
export const peopleForms = [issueForm, resetPasswordForm, renameForm, endPersonForm];
