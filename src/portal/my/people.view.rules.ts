import type { listPeople } from '../../identity/people-of-line.ts';
import { formatIssuedId } from '../../identity/issued-id.rules.ts';
import { Problem } from '../../shared/problem.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import type { ConfirmView } from './cancel-subscription.view.rules.ts';
import type { CrumbView, EmptyView, FactView, RowView } from './my-parts.rules.ts';

const MAX_PEOPLE = 5;

type People = Awaited<ReturnType<typeof listPeople>>;
type Person = People[number];

interface PeopleData {
  readonly people: People;
}

export interface PeopleView extends PageView {
  readonly lead: string;
  readonly count: string;
  readonly rows: readonly RowView[];
  readonly newHref: string | undefined;
  readonly full: EmptyView | undefined;
  readonly alone: EmptyView | undefined;
}

/** The issued IDs of a line. */
export function peopleView({ people }: PeopleData, { t, format, can }: ViewFrame): PeopleView {
  const isFull = people.length >= MAX_PEOPLE;
  return {
    title: t('my.people.title'),
    lead: t('my.people.lead'),
    count: t('my.people.count', { count: people.length }),
    rows: people.map((person) => ({
      href: `/my/people/${person.id}`,
      title: person.displayName,
      notes: [
        t('my.people.id', { id: formatIssuedId(person.issuedId) }),
        t('my.people.since', { date: onDay(person, format) }),
      ],
      ...badgeOf(person, t),
    })),
    newHref: can('people:write') && !isFull ? '/my/people/new' : undefined,
    full: isFull ? { title: t('my.people.full'), text: t('my.people.full-text') } : undefined,
    alone:
      people.length === 1
        ? { title: t('my.people.only-holder'), text: t('my.people.only-holder-text') }
        : undefined,
  };
}

function badgeOf({ isHolder, passwordTemporary }: Person, t: ViewFrame['t']) {
  if (isHolder) return { badge: { tone: 'plain' as const, text: t('my.limits.holder-badge') } };
  return passwordTemporary ? { badge: { tone: 'warn' as const, text: t('my.people.temporary') } } : {};
}

const onDay = ({ createdAt }: Person, format: ViewFrame['format']) =>
  format.dateTime(createdAt).replace(/ \d+:\d+$/, '');

interface PersonData extends PeopleData {
  readonly id: number;
}

export interface PersonView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly facts: readonly FactView[];
  readonly nameField: object;
  readonly renameAction: string | undefined;
  readonly passwordText: string;
  readonly resetHref: string | undefined;
  readonly limitsHref: string;
  readonly endText: string;
  readonly endHref: string | undefined;
}

/** One issued ID: its name, password and end. @throws Problem `subscriber-not-found`. */
export function personView(data: PersonData, { t, format, can }: ViewFrame): PersonView {
  const person = find(data);
  const { id, displayName, isHolder, passwordTemporary } = person;
  const isOwn = isHolder !== null;
  return {
    title: displayName,
    crumbs: [{ href: '/my/people', label: t('my.people.title') }],
    facts: [
      { label: t('my.person.issued-id'), text: formatIssuedId(person.issuedId) },
      { label: t('my.person.issued-on'), text: onDay(person, format) },
      ...(passwordTemporary
        ? [{ label: t('my.people.temporary'), text: t('my.people.temporary-text') }]
        : []),
    ],
    nameField: {
      name: 'displayName',
      label: t('my.person.name'),
      hint: t('my.person.name-hint'),
      value: displayName,
      maxlength: 60,
      autocomplete: 'off',
    },
    renameAction: can('people:write') ? `/my/people/${id}/name` : undefined,
    passwordText: t(isOwn ? 'my.person.password-own' : 'my.person.password-text'),
    resetHref: !isOwn && can('people:write') ? `/my/people/${id}/password` : undefined,
    limitsHref: `/my/limits/people/${id}`,
    endText: t(isOwn ? 'my.person.end-holder' : 'my.person.end-text'),
    endHref: !isOwn && can('people:end') ? `/my/people/${id}/end` : undefined,
  };
}

function find({ people, id }: PersonData): Person {
  const person = people.find((one) => one.id === id);
  if (!person) throw new Problem('subscriber-not-found');
  return person;
}

export interface NewPersonView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly nameField: object;
  /** New with each page, so that a page that is posted twice issues one ID. */
  readonly issueKey: string;
}

export function newPersonView({ issueKey }: { readonly issueKey: string }, { t }: ViewFrame): NewPersonView {
  return {
    title: t('my.person-new.title'),
    crumbs: [{ href: '/my/people', label: t('my.people.title') }],
    lead: t('my.person-new.lead'),
    issueKey,
    nameField: {
      name: 'displayName',
      label: t('my.person.name'),
      hint: t('my.person.name-hint'),
      maxlength: 60,
      autocomplete: 'off',
    },
  };
}

export interface PersonConfirmView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly confirm: ConfirmView | undefined;
  readonly affected: readonly RowView[];
  readonly nothing: string;
}

/** Asks before the password of an ID is replaced, or the ID is ended. */
export const personConfirmView =
  (what: 'password' | 'end') =>
  (data: PersonData, { t }: ViewFrame): PersonConfirmView => {
    const { id, displayName, isHolder } = find(data);
    const isEnd = what === 'end';
    const words = isEnd ? 'my.person-end' : 'my.person-reset';
    const confirm = {
      title: t(`${words}.question`, { who: displayName }),
      texts: [
        t(`${words}.text`),
        ...(isEnd ? [t('my.person-end.subscriptions'), t('my.person-end.charges')] : []),
      ],
      facts: [],
      action: `/my/people/${id}/${what}`,
      label: t(`${words}.button`),
      back: `/my/people/${id}`,
      isDanger: isEnd,
    };
    return {
      title: t(`${words}.title`),
      crumbs: [
        { href: '/my/people', label: t('my.people.title') },
        { href: `/my/people/${id}`, label: displayName },
      ],
      confirm: isHolder === null ? confirm : undefined,
      affected: [],
      nothing: t(isEnd ? 'my.person.end-holder' : 'my.person.password-own'),
    };
  };

export interface IssuedView extends PageView {
  readonly lead: string;
  readonly issuedId: string;
  readonly password: string;
  readonly limitsHref: string;
  /** The letter itself, not an address of it: there is no password to draw it from again. */
  readonly letterHref: string | undefined;
}

interface Issued {
  readonly subscriberId: number;
  readonly displayName: string;
  readonly issuedId: string;
  readonly password: string;
  readonly letter: Buffer | undefined;
}

/** The new password, this once. */
export function issuedView(issued: Issued, { t }: ViewFrame): IssuedView {
  return {
    title: t('my.person-issued.title'),
    lead: t('my.person-issued.lead', { who: issued.displayName }),
    issuedId: formatIssuedId(issued.issuedId),
    password: issued.password,
    limitsHref: `/my/limits/people/${issued.subscriberId}`,
    letterHref: issued.letter && `data:application/pdf;base64,${issued.letter.toString('base64')}`,
  };
}
