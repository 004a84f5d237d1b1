// The smallest process model that is worth timing: 10 parameters, 200 outputs, next to no work of its own. Arguments: json or base64.
// Protocol: docs/formats/process-model.md. Build: g++ -O2 -o process_model process_model.cpp
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>

namespace {

constexpr int outputs = 200;

void evaluate(const double* p, int count, double* y) {
    for (int k = 0; k < outputs; ++k) {
        double sum = 0;
        for (int j = 0; j < count; ++j) sum = sum * (0.001 * k) + p[j];
        y[k] = sum;
    }
}

void base64(const unsigned char* bytes, size_t length, std::string& text) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t at = text.size();
    text.resize(at + (length + 2) / 3 * 4);
    for (size_t i = 0; i < length; i += 3, at += 4) {
        const size_t left = length - i;
        const uint32_t group = bytes[i] << 16 | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
        text[at] = digits[group >> 18];
        text[at + 1] = digits[group >> 12 & 63];
        text[at + 2] = left > 1 ? digits[group >> 6 & 63] : '=';
        text[at + 3] = left > 2 ? digits[group & 63] : '=';
    }
}

void values(const double* y, bool json, std::string& text) {
    if (!json) {
        text += "{\"values\":\"";
        base64(reinterpret_cast<const unsigned char*>(y), outputs * sizeof(double), text);
        text += "\"}";
        return;
    }
    text += "{\"values\":[";
    char number[32];
    for (int k = 0; k < outputs; ++k) {
        if (k) text += ',';
        text.append(number, std::snprintf(number, sizeof number, "%.17g", y[k]));
    }
    text += "]}";
}

void say(const std::string& line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const bool json = argc > 1 && !std::strcmp(argv[1], "json");
    std::ios::sync_with_stdio(false);
    std::string line, answer;
    if (!std::getline(std::cin, line)) return 0;
    answer = "{\"calibrate\":1,\"model\":\"polynomials\",\"version\":\"1\",\"batch\":64,\"encoding\":\"" + std::string(json ? "json" : "base64") +
             "\",\"outputs\":[{\"name\":\"y\",\"axis\":[0";
    for (int k = 1; k < outputs; ++k) answer += ',' + std::to_string(k);
    say(answer + "]}]}\n");
    while (std::getline(std::cin, line)) {
        const char* at = std::strchr(line.c_str(), ':') + 1;
        answer.clear();
        answer += "{\"id\":";
        answer += std::to_string(std::strtoll(at, nullptr, 10));
        answer += ",\"results\":[";
        at = std::strchr(at, '[') + 1;
        for (bool first = true; (at = std::strchr(at, '[')) != nullptr; first = false) {
            double point[64], y[outputs];
            int count = 0;
            do {
                char* end;
                point[count++] = std::strtod(++at, &end);
                at = end;
            } while (*at == ',' && count < 64);
            evaluate(point, count, y);
            if (!first) answer += ',';
            values(y, json, answer);
        }
        say(answer += "]}\n");
    }
}
