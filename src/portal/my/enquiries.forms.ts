import { addEnquiryMessage } from '../../enquiries/add-enquiry-message.ts';
import { enquiryTopics } from '../../enquiries/enquiry.rules.ts';
import { writeEnquiry } from '../../enquiries/write-enquiry.ts';
import { readPurchaseRef } from '../../purchases/find-purchase-subject.ts';
import { MAX_MESSAGE } from '../../shared/message-text.rules.ts';
import { publicId, requireStoredId } from '../../shared/public-id.rules.ts';
import { defineForm } from '../kit/define-form.ts';
import { choiceField, textField } from '../kit/form-fields.ts';
import { enquiryPage, messagePage } from './enquiries.pages.ts';

const text = textField({ label: 'my.message.text', maxLength: MAX_MESSAGE, isMultiline: true });

/** Sends a first message about a purchase. */
export const messageForm = defineForm({
  name: 'my.message-form',
  path: '/my/purchases/:id/message',
  permission: 'enquiries:write',
  fields: { topic: choiceField('my.topic', enquiryTopics), text },
  submit: (deps, { actor, params, input }) =>
    writeEnquiry(deps, actor, { purchase: readPurchaseRef(params['id'] ?? ''), ...input }),
  done: ({ id }) => ({ to: `/my/enquiries/${publicId('enquiry', id)}`, flash: 'my.message.done' }),
  page: messagePage,
});

/** Sends another message in a conversation. */
export const enquiryForm = defineForm({
  name: 'my.enquiry-form',
  path: '/my/enquiries/:id',
  permission: 'enquiries:write',
  fields: { text },
  submit: (deps, { actor, params, input }) =>
    addEnquiryMessage(deps, actor, { enquiryId: requireStoredId('enquiry', params['id']), ...input }),
  done: (_, { params }) => ({ to: `/my/enquiries/${params['id']}`, flash: 'my.message.done' }),
  page: enquiryPage,
});
