// On every page: says that scripts run, and binds the behaviours that any page may need.

import { bindDialogs } from "./lib/dialogs.js";
import { clearReceivedDrafts } from "./lib/draft-store.js";
import { focusWhatMatters, bindSwaps } from "./lib/focus.js";
import { bindLongLists } from "./lib/long-lists.js";
import { bindMenus } from "./lib/menus.js";
import { bindSearch } from "./lib/search.js";
import { bindSubmitOnce } from "./lib/submit-once.js";
import { bindToasts } from "./lib/toasts.js";

document.documentElement.dataset.scripted = "";
clearReceivedDrafts();
bindMenus();
bindDialogs();
bindSearch();
bindToasts();
bindSubmitOnce();
bindLongLists(document);
bindSwaps();
focusWhatMatters(document);
