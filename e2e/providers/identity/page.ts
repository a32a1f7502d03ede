import { randomBytes, randomInt } from "node:crypto";
import { type AuthorizeRequest, faultsOf, type Person, type Provider } from "./provider";

/** The authorize page: says what it is, and lets a test choose who comes back and how. */
export function authorizePage(
  provider: Provider,
  options: { action: string; ticket: string; request: AuthorizeRequest },
): string {
  const { action, ticket, request } = options;
  const faults = faultsOf(provider.name).map((fault) => `<option>${fault}</option>`);
  return page(
    `${provider.title} (stand-in)`,
    `<p role="note">A stand-in on this machine, for tests. This is not ${provider.title}: type no real password.</p>
    ${request.reauthentication ? "<p>The product asks for a new proof of who you are.</p>" : ""}
    <form method="post" action="${quoted(action)}">
      <input type="hidden" name="ticket" value="${quoted(ticket)}">
      ${field("Subject", "subject", newSubject(provider))}
      ${field("E-mail", "email", `person-${randomBytes(5).toString("hex")}@example.com`)}
      ${field("Name", "name", "Test Person")}
      ${provider.name === "naver" ? "" : flag("E-mail verified", "emailVerified")}
      ${provider.name === "kakao" ? flag("E-mail valid", "emailValid") : ""}
      <p><label>Fault <select name="fault">${faults.join("")}</select></label></p>
      <button name="decision" value="continue">Continue</button>
      <button name="decision" value="deny">Deny</button>
    </form>`,
  );
}

/** What a real provider shows when it can't even send the person back. */
export function problemPage(text: string): string {
  return page("Stand-in", `<p role="alert">${quoted(text)}</p>`);
}

/** The person as the form describes them. */
export function personOf(form: URLSearchParams): Person {
  return {
    subject: form.get("subject") ?? "",
    email: form.get("email") ?? "",
    name: form.get("name") ?? "",
    emailVerified: form.has("emailVerified"),
    emailValid: form.has("emailValid"),
  };
}

/** Somebody nobody has seen before. */
function newSubject(provider: Provider): string {
  switch (provider.name) {
    case "google":
      return `1${Array.from({ length: 20 }, () => randomInt(10)).join("")}`;
    case "kakao":
      return String(randomInt(1_000_000_000, 9_999_999_999));
    case "naver":
      return randomBytes(32).toString("base64url");
  }
}

function field(label: string, name: string, value: string): string {
  return `<p><label>${label} <input name="${name}" value="${quoted(value)}"></label></p>`;
}

function flag(label: string, name: string): string {
  return `<p><label><input type="checkbox" name="${name}" checked> ${label}</label></p>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;
}

function quoted(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
