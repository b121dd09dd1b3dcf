/* Marks the questions of one page, and tells a learning platform (SCORM 1.2) how it went, if there is one.
   What the platform is told: a score from 0 to 100, and whether the pass mark was reached. Never single answers,
   and never less than it was told before. */
(function () {
  "use strict";

  var quiz = document.getElementById("quiz");
  var told = quiz.dataset;
  var questions = Array.prototype.slice.call(quiz.querySelectorAll(".question"));
  var result = document.getElementById("result");
  document.documentElement.className = "script";

  /* -- the platform -- */

  function inOrAbove(view) {
    for (var steps = 0; view && steps < 50; steps += 1) {
      try {
        if (view.API) { return view.API; }
      } catch (error) { /* a page of another site: it cannot be asked */ }
      if (view.parent === view) { return null; }
      view = view.parent;
    }
    return null;
  }

  function opener(view) {
    try { return view.opener; } catch (error) { return null; }
  }

  function findApi() {
    return inOrAbove(window) || inOrAbove(opener(window)) || inOrAbove(opener(window.top));
  }

  function done(answer) { return String(answer) === "true"; }

  var api = findApi();
  var connected = false;
  var before = "";
  try {
    connected = Boolean(api) && done(api.LMSInitialize(""));
    if (connected) {
      before = String(api.LMSGetValue("cmi.core.lesson_status"));
      if (before === "" || before === "not attempted" || before === "browsed") {
        api.LMSSetValue("cmi.core.lesson_status", "incomplete");
        api.LMSCommit("");
      }
    }
  } catch (error) { connected = false; }

  function report(percent) {
    if (!connected) { return told.notRecorded; }
    try {
      var kept = true;
      var best = parseFloat(api.LMSGetValue("cmi.core.score.raw"));
      if (!(best >= percent)) {
        kept = done(api.LMSSetValue("cmi.core.score.min", "0")) && kept;
        kept = done(api.LMSSetValue("cmi.core.score.max", "100")) && kept;
        kept = done(api.LMSSetValue("cmi.core.score.raw", String(percent))) && kept;
      }
      if (before !== "passed" && before !== "completed") {
        before = percent >= Number(told.passMark) ? "passed" : "failed";
        kept = done(api.LMSSetValue("cmi.core.lesson_status", before)) && kept;
      }
      kept = done(api.LMSCommit("")) && kept;
      return kept ? told.recorded : told.failed;
    } catch (error) { return told.failed; }
  }

  function leave() {
    if (!connected) { return; }
    connected = false;
    try { api.LMSFinish(""); } catch (error) { /* the platform is gone: nobody is left to tell */ }
  }

  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.reload(); } });

  /* -- the questions -- */

  function all(inside, what) { return Array.prototype.slice.call(inside.querySelectorAll(what)); }

  function wanted(answer) { return answer.dataset.kind === "right"; }

  function chosen(answer) { return answer.querySelector("input").checked; }

  function check(question) {
    var answers = all(question, ".answer");
    var said = question.querySelector(".said");
    var several = answers[0].querySelector("input").type === "checkbox";
    if (!answers.some(chosen)) {
      said.textContent = several ? told.several : told.one;
      answers[0].querySelector("input").focus();
      return;
    }
    var right = answers.every(function (answer) { return wanted(answer) === chosen(answer); });
    var some = answers.some(function (answer) { return wanted(answer) && chosen(answer); });
    said.textContent = right ? told.right : some ? told.partly : told.wrong;
    answers.forEach(function (answer) {
      var input = answer.querySelector("input");
      input.disabled = true;
      input.setAttribute("aria-describedby", answer.querySelector(".feedback").id);
      answer.classList.add(wanted(answer) ? "is-right" : "is-wrong");
      if (chosen(answer)) { answer.classList.add("is-chosen"); }
    });
    question.classList.add("answered");
    question.dataset.right = right ? "yes" : "no";
    question.querySelector("button").hidden = true;
    said.tabIndex = -1;
    said.focus();
    if (questions.every(function (other) { return other.dataset.right; })) { finish(); }
  }

  function finish() {
    var right = questions.filter(function (question) { return question.dataset.right === "yes"; }).length;
    var percent = Math.round(100 * right / questions.length);
    document.getElementById("count").textContent =
      told.count.replace("{0}", String(right)).replace("{1}", String(questions.length));
    document.getElementById("reported").textContent = report(percent);
    result.hidden = false;
  }

  function again() {
    questions.forEach(function (question) {
      delete question.dataset.right;
      question.classList.remove("answered");
      question.querySelector("form").reset();
      question.querySelector("button").hidden = false;
      question.querySelector(".said").textContent = "";
      all(question, ".answer").forEach(function (answer) {
        answer.classList.remove("is-right", "is-wrong", "is-chosen");
        answer.querySelector("input").disabled = false;
        answer.querySelector("input").removeAttribute("aria-describedby");
      });
    });
    result.hidden = true;
    questions[0].querySelector("input").focus();
  }

  questions.forEach(function (question) {
    question.querySelector("form").addEventListener("submit", function (event) {
      event.preventDefault();
      check(question);
    });
  });
  document.getElementById("again").addEventListener("click", again);
}());
