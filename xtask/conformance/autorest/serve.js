// Runs AutoRest's test server on a free loopback port until standard input closes.
//
// Argument: the folder for the server's record of its coverage. Output: a line `listening on URL`.
"use strict";

const http = require("http");
const folder = process.argv[2];

// The server listens on all interfaces, on the port that it is given.
const { listen } = http.Server.prototype;
http.Server.prototype.listen = function () {
  return listen.call(this, 0, "127.0.0.1", () => {
    console.log(`listening on http://127.0.0.1:${this.address().port}`);
  });
};
process.stdin.resume().on("end", () => process.exit());

const { ApiMockApp } = require("@microsoft.azure/autorest.testserver/dist/app");
new ApiMockApp({ port: 0, coverageDirectory: folder, appendCoverage: false }).start();
