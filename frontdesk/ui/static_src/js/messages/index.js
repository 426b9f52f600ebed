import "./log.js";
import "./composer.js";
import "./mentions.js";
import "./saved.js";
import "./together.js";
import "./actions.js";
import "./news.js";
import "./inbox.js";
