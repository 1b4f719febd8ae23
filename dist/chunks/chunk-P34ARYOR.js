var e=new Set(["apk","deb","rpm"]);export{e as a};
