/**
 * The script that the real SDK loads in place of Toss's: it registers `window.TossPayments`, of
 * which only `payment().requestPayment` with addresses to return to does something. All checks
 * that aren't about the call itself are the server's.
 * @param origin of the sandbox
 */
export function browserScript(origin: string): string {
  return `"use strict";
(() => {
  const origin = ${JSON.stringify(origin)};
  const fail = (code, message) => Object.assign(new Error(message), { name: code, code });

  const requestPayment = async (clientKey, customerKey, request) => {
    if (!request || !request.successUrl || !request.failUrl) {
      throw fail("NOT_SUPPORTED_PROMISE", "The sandbox needs successUrl and failUrl");
    }
    const { method, amount, orderId, orderName, successUrl, failUrl } = request;
    const receipt = (request.transfer || request.virtualAccount || {}).cashReceipt;
    const body = { clientKey, customerKey, method, amount, orderId, orderName, successUrl, failUrl,
      ...(receipt && { cashReceipt: receipt.type }) };
    const response = await fetch(origin + "/window", {
      method: "POST",
      headers: { "content-type": "application/json" },
      credentials: "omit",
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw fail(answer.code, answer.message);
    location.assign(answer.url);
    // As with Toss, the page is left before this would be settled.
    return new Promise(() => {});
  };

  const missing = (what) => () => {
    throw fail("NOT_SUPPORTED_METHOD", "The sandbox has no " + what + "; use payment()");
  };

  const TossPayments = (clientKey) => {
    if (!/^test_g?ck_/.test(String(clientKey))) {
      throw fail("INVALID_CLIENT_KEY", "The sandbox takes its own client key only");
    }
    return {
      payment: ({ customerKey } = {}) => ({
        requestPayment: (request) => requestPayment(clientKey, customerKey, request),
        requestBillingAuth: missing("requestBillingAuth()"),
        destroy: async () => {},
      }),
      widgets: missing("widgets()"),
      brandpay: missing("brandpay()"),
    };
  };
  TossPayments.ANONYMOUS = "@@ANONYMOUS";
  window.TossPayments = TossPayments;
})();
`;
}
