import { formatIssuedId } from '../../../identity/issued-id.rules.ts';
import type { IssuedIdRecord } from '../../../identity/issued-id-record.queries.ts';
import type { CredentialsWithLetter } from '../../../letters/issue-with-letter.ts';
import type { LineOverview } from '../../../limits/line-overview.queries.ts';
import type { HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { reasonInputs } from '../acts/reason.rules.ts';
import { revealHref } from '../lines/reveal.view.rules.ts';
import { issuedIdHref, lineHref } from '../support-links.rules.ts';
import { actView } from './id-acts.view.rules.ts';

interface Tenure {
  readonly lineId: string;
  readonly holderFrom: string;
}

/** The letter has the holder's name and address, which have to be asked for first. */
function letterBanner({ lineId, holderFrom }: Tenure, { t }: ViewFrame) {
  return {
    tone: 'info' as const,
    text: t('support.id.letter-masked'),
    link: { href: revealHref(lineId, holderFrom), label: t('support.reveal.ask') },
  };
}

interface LoadedPassword {
  readonly id: IssuedIdRecord;
  readonly isShown: boolean;
}

export function passwordView({ id, isShown }: LoadedPassword, frame: ViewFrame): SectionsView {
  const banners = isShown ? [] : [letterBanner(id, frame)];
  return actView(id, { act: 'password', banners }, frame);
}

interface LoadedIssue {
  readonly line: LineOverview;
  readonly holderFrom: string;
  readonly isShown: boolean;
  readonly issueKey: string;
}

/** A new ID on a line: the first of a tenure is its holder's own. */
export function issueView(
  { line, holderFrom, isShown, issueKey }: LoadedIssue,
  frame: ViewFrame,
): SectionsView {
  const { t } = frame;
  const { lineId, ids } = line;
  const own = ids.filter((id) => id.holderFrom === holderFrom && id.state === 'active');
  const isFirst = !own.some(({ isHolder }) => isHolder);
  const back = lineHref(lineId);
  return {
    title: t('support.id.issue'),
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      { href: back, label: lineId },
    ],
    banners: isShown ? [] : [letterBanner({ lineId, holderFrom }, frame)],
    sections: [],
    confirm: {
      title: t('support.id.issue.question', { line: lineId }),
      texts: [t(isFirst ? 'support.id.issue.first' : 'support.id.issue.effect')],
      facts: [
        { label: t('support.id.issue.count'), text: t('support.id.issue.of-five', { count: own.length }) },
      ],
      fields: [
        { name: 'displayName', label: t('support.id.issue.name') },
        {
          name: 'issuedFor',
          label: t('support.id.issue.for'),
          options: (isFirst ? (['holder'] as const) : (['person'] as const)).map((value) => ({
            value,
            label: t(`support.id.issue.for-${value}`),
          })),
        },
        ...reasonInputs(frame),
      ],
      hidden: [
        { name: 'issueKey', value: issueKey },
        { name: 'tenure', value: holderFrom },
      ],
      formName: 'support.issue-id-form',
      action: `/support/lines/${lineId}/ids/new`,
      label: t('support.id.issue'),
      back,
    },
  };
}

export interface IssuedView extends PageView, HeadView {
  readonly issuedId: string;
  readonly password: string;
  /** The letter itself, not an address of it: there is no password to draw it from again. */
  readonly letterHref: string | undefined;
  readonly doneHref: string;
}

/** The new password, this once. */
export function issuedView(issued: CredentialsWithLetter, { t }: ViewFrame): IssuedView {
  return {
    title: t('support.id.issued'),
    lead: t('support.id.issued-lead'),
    crumbs: [{ href: lineHref(issued.lineId, issued.holderFrom), label: issued.lineId }],
    issuedId: formatIssuedId(issued.issuedId),
    password: issued.password,
    letterHref: issued.letter && `data:application/pdf;base64,${issued.letter.toString('base64')}`,
    doneHref: issuedIdHref(issued.issuedId),
  };
}
