import type { Area } from '../../kit/console-area.ts';
import { deliveriesPage, deliveryPage } from './deliveries.pages.ts';
import { editWebhookForm, moveWebhookForm, newWebhookForm, rotateForm } from './webhooks.forms.ts';
import {
  editWebhookPage,
  moveWebhookPage,
  newWebhookPage,
  rotatePage,
  webhookPage,
  webhooksPage,
} from './webhooks.pages.ts';
import { replayForm, replayPage, testForm } from './replay.pages.ts';

/** Where the company's events are sent, and what became of them. */
export const webhooksArea: Area = {
  pages: [
    webhooksPage,
    newWebhookPage,
    webhookPage,
    deliveriesPage,
    deliveryPage,
    editWebhookPage,
    replayPage,
    rotatePage,
    moveWebhookPage,
  ],
  forms: [newWebhookForm, editWebhookForm, testForm, replayForm, rotateForm, moveWebhookForm],
};
