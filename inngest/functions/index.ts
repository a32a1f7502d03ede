import { burnInVideo } from "./burn-in-video";
import { captionVideo } from "./caption-video";
import { creditExpiryNotices } from "./credit-notices";
import { deleteMedia, deleteVideo } from "./delete-video";
import { eraseAccounts, eraseOneAccount } from "./erase-account";
import { expireVideoFiles } from "./expire-videos";
import { auditCheckpoint, reconcile, sweep } from "./housekeeping";
import { ledgerCheck } from "./ledger-check";
import { sweepOpenPayments, takePaymentEvent } from "./payment-event";
import { prepareVideo, previewVideo, shotsOfVideo } from "./prepare-video";
import { comparePayments } from "./reconcile-payments";
import { sendMail } from "./send-mail";
import { settleCancelled } from "./settle-cancelled";
import { sweepOpenRefunds } from "./sweep-refunds";

/** Every function there is, for whichever engine runs them. */
export const functions = [
  auditCheckpoint,
  burnInVideo,
  captionVideo,
  comparePayments,
  creditExpiryNotices,
  deleteMedia,
  deleteVideo,
  eraseAccounts,
  eraseOneAccount,
  expireVideoFiles,
  ledgerCheck,
  prepareVideo,
  previewVideo,
  reconcile,
  sendMail,
  settleCancelled,
  shotsOfVideo,
  sweep,
  sweepOpenPayments,
  sweepOpenRefunds,
  takePaymentEvent,
];
