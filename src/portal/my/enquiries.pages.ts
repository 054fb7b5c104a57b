import { isLineHolder } from '../../access/can.rules.ts';
import { listCases } from '../../cases/case.queries.ts';
import { getEnquiry, listEnquiries } from '../../enquiries/enquiry.queries.ts';
import { getEnquirySubject } from '../../enquiries/get-enquiry-subject.ts';
import { readPurchaseRef } from '../../purchases/find-purchase-subject.ts';
import { publicIdPattern, requireStoredId } from '../../shared/public-id.rules.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { enquiriesView, type EnquiriesView } from './enquiries.view.rules.ts';
import { enquiryView, type EnquiryView } from './enquiry.view.rules.ts';
import { messageView, type MessagePageView } from './message.view.rules.ts';

const PAGE = 20;

/** Questions to companies, and on the first page reports of purchases too. */
export const enquiriesPage = definePage({
  name: 'my.enquiries',
  path: '/my/enquiries',
  permission: 'enquiries:read',
  nav: { label: 'my.nav.enquiries', order: 70 },
  query: { type: 'object', properties: { after: { type: 'string', pattern: publicIdPattern('enquiry') } } },
  load: async (deps, { actor, query }) => {
    const after = query.after === undefined ? undefined : requireStoredId('enquiry', query.after);
    const found = await listEnquiries(deps, actor, { limit: PAGE + 1, after });
    return {
      enquiries: found.slice(0, PAGE),
      hasMore: found.length > PAGE,
      isFirst: after === undefined,
      cases: after === undefined ? await listCases(deps, actor, { limit: PAGE }) : [],
      isHolder: isLineHolder(actor),
    };
  },
  view: enquiriesView,
  template: template<EnquiriesView>('my/enquiries'),
});

/** A conversation with a company. */
export const enquiryPage = definePage({
  name: 'my.enquiry',
  path: '/my/enquiries/:id',
  permission: 'enquiries:read',
  load: async (deps, { actor, params }) => {
    const enquiry = await getEnquiry(deps, actor, requireStoredId('enquiry', params['id']));
    const ref = { kind: enquiry.subjectKind, id: enquiry.subjectId };
    return { enquiry, ...(await getEnquirySubject(deps, actor, ref)), isHolder: isLineHolder(actor) };
  },
  view: enquiryView,
  template: template<EnquiryView>('my/enquiry'),
});

/** Writes to the company about a purchase, a subscription or a consent. */
export const messagePage = definePage({
  name: 'my.message',
  path: '/my/purchases/:id/message',
  permission: 'enquiries:read',
  load: async (deps, { actor, params }) => {
    const ref = readPurchaseRef(params['id'] ?? '');
    const subject = await getEnquirySubject(deps, actor, ref);
    const before = await listEnquiries(deps, actor, { limit: 5, subjectId: ref.id });
    return { ...subject, before, contact: deps.config.carrier, isHolder: isLineHolder(actor) };
  },
  view: messageView,
  template: template<MessagePageView>('my/message'),
});
