import type { answersJa } from './answers-ja.ts';

/** English texts of the page on which a company answers an enquiry. */
export const answersEn: Readonly<Record<keyof typeof answersJa, string>> = {
  'answers.foot':
    'On this page the carrier passes messages between customers and companies. Neither side sees the contact details of the other.',
  'answers.title': 'A question from a customer',
  'answers.lead': 'A customer who bought from you has a question. You can answer until {until}.',
  'answers.support.title': 'A question of the support centre',
  'answers.support.lead':
    'A customer who bought from you has turned to our support centre, which has a question. You can answer until {until}.',
  'answers.support.hint':
    'Up to 2,000 characters. The support centre gets your answer; the customer does not see it.',
  'answers.support.sent.text': 'The support centre has it. To add something, use the field below.',
  'answers.support.sent.last': 'The support centre has it. This was the last answer by this link.',
  'answers.support.full.text': 'When the support centre asks again, you get a mail with a new link.',
  'answers.author.subscriber': 'Customer',
  'answers.author.support': 'Support centre',
  'answers.author.company': 'Your answer',
  'answers.purchase': 'About this purchase',
  'answers.topic': 'Topic',
  'answers.topic.usage': 'Using the item or service',
  'answers.topic.amount': 'The amount',
  'answers.topic.cancellation': 'Cancelling',
  'answers.topic.refund': 'A refund',
  'answers.topic.other': 'Something else',
  'answers.item': 'Item',
  'answers.amount': 'Amount with tax',
  'answers.bought-at': 'Bought',
  'answers.service': 'Service',
  'answers.company': 'Company',
  'answers.number': 'Purchase number',
  'answers.again': 'Another answer',
  'answers.text': 'Your answer',
  'answers.hint':
    'Up to 2,000 characters. The customer gets it by mail and on their own page. You need not ask for a mail address or other personal data.',
  'answers.submit': 'Send the answer',
  'answers.left': 'Answers you can still send by this link: {count}.',
  'answers.sent.title': 'Your answer is sent',
  'answers.sent.text': 'The customer gets it by mail. To add something, use the field below.',
  'answers.sent.last': 'The customer gets it by mail. This was the last answer by this link.',
  'answers.full.title': 'This link takes no more answers',
  'answers.full.text': 'When the customer writes again, you get a mail with a new link.',
  'problem.answer-limit.title': 'This link takes no more answers',
  'problem.answer-limit.text': 'You have sent as many answers as it allows. This one was not sent.',
  'problem.answer-link-expired.title': 'The time to answer has run out',
  'problem.answer-link-expired.text':
    'This link has expired: it shows nothing and takes no answers. When the customer writes again, you get a mail with a new link.',
};
