import { listPeople } from '../../identity/people-of-line.ts';
import type { Actor } from '../../access/actor.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { readPerson } from './limit-address.rules.ts';
import {
  newPersonView,
  peopleView,
  personConfirmView,
  personView,
  type NewPersonView,
  type PeopleView,
  type PersonConfirmView,
  type PersonView,
} from './people.view.rules.ts';

const loadPerson = async (
  deps: ServiceDeps,
  { actor, params }: { readonly actor: Actor; readonly params: Readonly<Record<string, string>> },
) => ({ people: await listPeople(deps, actor), id: readPerson(params['id']) });

/** The issued IDs of the line. */
export const peoplePage = definePage({
  name: 'my.people',
  path: '/my/people',
  permission: 'people:read',
  nav: { label: 'my.nav.people', order: 70 },
  load: async (deps, { actor }) => ({ people: await listPeople(deps, actor) }),
  view: peopleView,
  template: template<PeopleView>('my/people'),
});

export const newPersonPage = definePage({
  name: 'my.new-person',
  path: '/my/people/new',
  permission: 'people:write',
  load: ({ ids }) => ({ issueKey: ids.next() }),
  view: newPersonView,
  template: template<NewPersonView>('my/new-person'),
});

export const personPage = definePage({
  name: 'my.person',
  path: '/my/people/:id',
  permission: 'people:read',
  load: loadPerson,
  view: personView,
  template: template<PersonView>('my/person'),
});

export const resetPasswordPage = definePage({
  name: 'my.reset-password',
  path: '/my/people/:id/password',
  permission: 'people:write',
  load: loadPerson,
  view: personConfirmView('password'),
  template: template<PersonConfirmView>('my/confirm-setting'),
});

export const endPersonPage = definePage({
  name: 'my.end-person',
  path: '/my/people/:id/end',
  permission: 'people:end',
  load: loadPerson,
  view: personConfirmView('end'),
  template: template<PersonConfirmView>('my/confirm-setting'),
});

/** The pages of issued IDs; `new` is no number of one. */
export const peoplePages = [peoplePage, newPersonPage, personPage, resetPasswordPage, endPersonPage];
