// The templates of single elements, bundled as text at build; pages' frames stay with the gateway.
const files = import.meta.glob<string>(
  ["../templates/partials/*.mustache", "!../templates/partials/{action-note-form,action-open,action-reopen,page-top,page-bottom,main-top,error-summary,done,done-place,breadcrumb-home,schedule-form,consultation-form,engagement-form,declare,declare-form,meeting-change,meeting-files,needs-second-factor,organisation-names,room-declarations,room-queue,room-spoken,votes-lists,sign-in-code-form,what-deleting-does}.mustache"],
  { query: "?raw", import: "default", eager: true },
);

export const partials: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.replace(/^.*\//, "").replace(/\.mustache$/, ""), text]),
);
