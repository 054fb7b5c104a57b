import type { Samples } from './samples.ts';

export const samplesEn: Samples = {
  lead: 'The components of all pages, in every state they can have. Shown in development only.',
  headings: {
    notices: 'Notices and states',
    actions: 'Buttons and confirmation',
    fields: 'Fields',
    refused: 'Fields that were refused',
    facts: 'Facts and figures',
    lists: 'Lists',
    messages: 'Messages and history',
    nothing: 'When there is nothing',
  },
  word: 'Hoshizora Theater',
  sentence: '¥2,300 of this month’s limit is left.',
  long: 'Hoshizora Organization for the Promotion of Digital Content – Unlimited Video Standard (4K, four screens at once, up to five people of a family, student price)',
  unbroken:
    'https://very-long-shop-name.example/orders/01KR7X7KW0XK1CKN0R50AZEV17-01KR7X7KW0XK1CKN0R50AZEV17',
  name: 'Hanako Tozai',
  hint: 'As it is written on the invoice.',
  amount: '¥1,234,567',
  unit: 'yen',
  fault: 'Enter a whole amount from 0 to 100,000.',
  yes: 'Change',
  no: 'Keep',
  when: 'Fri, May 1, 2026 12:34',
};
